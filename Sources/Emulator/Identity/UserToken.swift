import ACSTypes
import ACSWire
import ServiceAuth

extension Core {
  /// A user access token with the claims of WIRE 1.4.
  ///
  /// The claim `gen` is the emulator's own: it tells tokens issued before a revocation from later ones.
  func token(
    for identity: IdentityRow, scopes: [String], minutes: Int?, now: Timestamp
  ) -> UnsignedToken {
    let asked = Int64((minutes ?? TokenRequest.defaultMinutes) * 60)
    return token(
      of: String(identity.id.dropFirst(2)), scopes: scopes, generation: identity.generation,
      seconds: asked, now: now)
  }

  /// A token for a user of Teams, who is no identity of the resource.
  func token(forTeamsUser object: String, now: Timestamp) -> UnsignedToken {
    token(
      of: "orgid:\(object)", scopes: ["voip", "chat"], generation: 0,
      seconds: Core.teamsLifetime, now: now)
  }

  /// How long a token of a Teams user lives, in seconds.
  private static let teamsLifetime: Int64 = 4380

  private func token(
    of owner: String, scopes: [String], generation: Int64, seconds: Int64, now: Timestamp
  ) -> UnsignedToken {
    let issued = now.seconds
    let expiry = issued + (rules.tokenLifetime?.components.seconds ?? seconds)
    tokenLedger.add(
      TokenLedger.Entry(
        owner: "8:\(owner)", scopes: scopes, issuedOn: now, expiresOn: Timestamp(seconds: expiry),
        generation: generation))
    let claims: JSONValue = [
      "skypeid": .string(owner), "scp": 1792, "csi": .string(String(issued)),
      "exp": .integer(expiry), "rgn": "amer", "acsScope": .string(scopes.joined(separator: ",")),
      "resourceId": .string(resource.id), "resourceLocation": "unitedstates",
      "iat": .integer(issued), "gen": .integer(generation),
    ]
    return UnsignedToken(
      claims: claims, expiresOn: WireTime(identity: Timestamp(seconds: expiry)),
      key: resource.tokenKey)
  }
}

/// Who sent a request with a user access token.
struct ChatCaller {
  /// The identity.
  let identity: CommunicationIdentifier
  /// What the token may be used for.
  let scopes: [TokenScope]
  /// When the token ends.
  let expiresOn: Timestamp
}

/// What an operation of Chat asks of a token (WIRE 3).
enum ChatPermission {
  /// Any scope of Chat.
  case takePart
  /// `chat` or `chat.join`.
  case manageParticipants
  /// `chat`.
  case manageThreads
}

extension ChatCaller {
  /// Refuses what the token's scopes do not allow (WIRE 4.6).
  func check(_ permission: ChatPermission) throws(Refusal) {
    let sufficient: [TokenScope] =
      switch permission {
      case .takePart: [.chat, .chatJoin, .chatJoinLimited]
      case .manageParticipants: [.chat, .chatJoin]
      case .manageThreads: [.chat]
      }
    guard scopes.contains(where: sufficient.contains) else {
      let names = sufficient.map(\.rawValue).joined(separator: " or ")
      throw .forbidden(
        "The token has the scopes \(scopes.map(\.rawValue).joined(separator: ", ")); this operation "
          + "needs \(names).")
    }
  }
}

extension Core {
  /// Who sent the request, by its user access token.
  ///
  /// - Throws: ``Refusal`` with status 401.
  func authenticate(_ exchange: Exchange) throws -> ChatCaller {
    guard let header = exchange.request.headers["Authorization"], !header.isEmpty else {
      throw Refusal.unauthorized(
        "The header Authorization is missing; Chat wants Bearer and a user access token.")
    }
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else {
      throw Refusal.unauthorized(
        "The Authorization header has the scheme \(parts.first?.prefix(20) ?? ""); Chat wants Bearer "
          + "and a user access token, not the access key.")
    }
    let token = Secret(String(parts[1]))
    return try caller(
      by: token, claims: exchange.token ?? tokens.claims(of: token), now: exchange.now)
  }

  /// Who holds a user access token.
  ///
  /// - Throws: ``Refusal`` with status 401.
  func caller(by token: Secret, now: Timestamp) throws -> ChatCaller {
    try caller(by: token, claims: tokens.claims(of: token), now: now)
  }

  private func caller(
    by token: Secret, claims found: Result<UserClaims, JWT.Refusal>, now: Timestamp
  ) throws -> ChatCaller {
    let claims: UserClaims
    do throws(JWT.Refusal) {
      claims = try found.get()
      let left = claims.caller.expiresOn - now
      guard left > .zero else { throw .expired(.zero - left) }
    } catch {
      let isEntras = entra.key.map { (try? JWT.verify(token, with: $0, now: now)) != nil }
      throw Refusal.unauthorized(
        isEntras == true
          ? "This is an Entra token; Chat wants a user access token, which Identity issues."
          : error.words)
    }
    let id = claims.caller.identity.rawID
    guard let identity = try store.identity(id) else {
      throw Refusal.unauthorized("The token is for \(id), which was deleted.")
    }
    guard claims.generation == identity.generation else {
      throw Refusal.unauthorized("The token was revoked. Fetch a new one.")
    }
    return claims.caller
  }
}

extension Refusal {
  /// 401 of Chat.
  static func unauthorized(_ why: String) -> Refusal {
    Refusal(401, "Unauthorized", "The user access token is not accepted.", why: why)
  }

  /// 403 of Chat, in the words recorded.
  static func forbidden(_ why: String) -> Refusal {
    Refusal(
      403, "Forbidden",
      "The initiator doesn't have the permission to perform the requested operation.", why: why)
  }
}
