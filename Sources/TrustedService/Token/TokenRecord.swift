public import ACSTypes

/// What is remembered of a token that was issued: everything but the token.
public struct TokenRecord: Hashable, Sendable {
  /// Whose it is.
  public var identity: CommunicationIdentifier
  /// The name that was asked for, in lower case; `nil` for somebody without one.
  public var name: String?
  /// When it was issued.
  public var issuedOn: Timestamp
  /// When it ends.
  public var expiresOn: Timestamp
  /// What it is for.
  public var scopes: [TokenScope]
  /// By which of the service's credentials it was got: `access key`, `managed identity by IMDS`.
  public var credential: String
  /// Who asked: a caller that proved itself, or `anybody on this machine`.
  public var caller: String
  /// On what request: `GET /token`, `POST /refreshToken`.
  public var reason: String

  /// A record.
  public init(
    identity: CommunicationIdentifier, name: String?, issuedOn: Timestamp, expiresOn: Timestamp,
    scopes: [TokenScope], credential: String, caller: String, reason: String
  ) {
    self.identity = identity
    self.name = name
    self.issuedOn = issuedOn
    self.expiresOn = expiresOn
    self.scopes = scopes
    self.credential = credential
    self.caller = caller
    self.reason = reason
  }
}
