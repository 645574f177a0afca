public import ACSTypes

/// What a trusted service answers to `GET /token` (WIRE 9): the shape of Microsoft's web samples.
public struct TokenServiceGrant: Hashable, Sendable {
  /// The token.
  public var token: Secret
  /// When it expires.
  public var expiresOn: Timestamp
  /// Whose it is.
  public var identity: CommunicationIdentifier

  /// One from its parts.
  public init(token: Secret, expiresOn: Timestamp, identity: CommunicationIdentifier) {
    self.token = token
    self.expiresOn = expiresOn
    self.identity = identity
  }

  /// `{"token":…,"expiresOn":…,"user":{"communicationUserId":…}}`.
  public var json: JSONValue {
    [
      "token": .string(token.reveal()), "expiresOn": .string(expiresOn.iso8601WithMilliseconds),
      "user": ["communicationUserId": .string(identity.rawID)],
    ]
  }
}
