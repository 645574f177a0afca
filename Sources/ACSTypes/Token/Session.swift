/// Who is signed in and for how long: all that the model may know of a token, without the token.
public struct Session: Hashable, Sendable, Codable {
  /// Whose token it is.
  public var identity: CommunicationIdentifier
  /// The name by which the trusted service was asked.
  public var displayName: String
  /// What the token may be used for.
  public var scopes: [TokenScope]
  /// When the token was issued; the time of its arrival when it does not tell.
  public var issuedOn: Timestamp
  /// When it expires.
  public var expiresOn: Timestamp
  /// When it is to be renewed.
  public var renewOn: Timestamp

  /// A session.
  public init(
    identity: CommunicationIdentifier, displayName: String, scopes: [TokenScope],
    issuedOn: Timestamp, expiresOn: Timestamp, renewOn: Timestamp
  ) {
    self.identity = identity
    self.displayName = displayName
    self.scopes = scopes
    self.issuedOn = issuedOn
    self.expiresOn = expiresOn
    self.renewOn = renewOn
  }
}
