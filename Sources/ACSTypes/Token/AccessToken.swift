/// What a user access token may be used for (WIRE 3).
public struct TokenScope: Hashable, Sendable, Codable, RawRepresentable {
  /// The scope as the service writes it.
  public var rawValue: String

  /// Takes any text; unknown scopes are kept.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Full chat.
  public static let chat = TokenScope(rawValue: "chat")
  /// Chat without creating, deleting or updating threads.
  public static let chatJoin = TokenScope(rawValue: "chat.join")
  /// As ``chatJoin``, and without adding or removing participants.
  public static let chatJoinLimited = TokenScope(rawValue: "chat.join.limited")
  /// Full calling.
  public static let voip = TokenScope(rawValue: "voip")
  /// Calling without starting calls.
  public static let voipJoin = TokenScope(rawValue: "voip.join")

  /// All that Identity gives.
  public static let known: [TokenScope] = [chat, chatJoin, chatJoinLimited, voip, voipJoin]
}

/// What a token says of itself, read from its claims without verifying the signature (WIRE 1.4).
public struct TokenClaims: Hashable, Sendable {
  /// Whose token it is; `nil` when the token does not tell.
  public var identity: CommunicationIdentifier?
  /// What it may be used for, in the token's order.
  public var scopes: [TokenScope]
  /// When it was issued; `nil` when the token does not tell.
  public var issuedOn: Timestamp?
  /// When it expires.
  public var expiresOn: Timestamp
  /// The resource that it belongs to; `nil` when the token does not tell.
  public var resourceID: String?

  /// Claims as known.
  public init(
    identity: CommunicationIdentifier?, scopes: [TokenScope], issuedOn: Timestamp?,
    expiresOn: Timestamp, resourceID: String?
  ) {
    self.identity = identity
    self.scopes = scopes
    self.issuedOn = issuedOn
    self.expiresOn = expiresOn
    self.resourceID = resourceID
  }
}

/// A user access token with what is known of it.
public struct UserAccessToken: Hashable, Sendable {
  /// The token text.
  public var token: Secret
  /// When it expires: by the token service's word, else by the token's claims.
  public var expiresOn: Timestamp
  /// Whose it is.
  public var identity: CommunicationIdentifier
  /// What the token says of itself; `nil` when it is not a readable JWT.
  public var claims: TokenClaims?

  /// A token.
  public init(
    token: Secret, expiresOn: Timestamp, identity: CommunicationIdentifier, claims: TokenClaims?
  ) {
    self.token = token
    self.expiresOn = expiresOn
    self.identity = identity
    self.claims = claims
  }
}
