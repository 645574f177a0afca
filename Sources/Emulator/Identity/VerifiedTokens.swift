import ACSTypes
import ACSWire
import ServiceAuth
import Synchronization

/// What a user access token says.
struct UserClaims {
  let caller: ChatCaller
  /// The emulator's own; see ``Core/token(for:scopes:minutes:now:)``.
  let generation: Int64?

  /// - Throws: `JWT.Refusal` when it does not tell when it ends.
  init(_ claims: JSONValue) throws(JWT.Refusal) {
    guard let expiry = claims["exp"]?.integer else { throw .noExpiry }
    caller = ChatCaller(
      identity: CommunicationIdentifier(rawID: "8:\(claims["skypeid"]?.string ?? "")"),
      scopes: (claims["acsScope"]?.string ?? "").split(separator: ",").map {
        TokenScope(rawValue: String($0))
      },
      expiresOn: Timestamp(seconds: expiry))
    generation = claims["gen"]?.integer
  }
}

/// The user access tokens whose signature was found to be right, so that it is checked once and not at each request.
///
/// Whether a token is over, or was revoked, is looked at each time.
final class VerifiedTokens: Sendable {
  /// Tokens that are remembered before all are forgotten.
  private static let capacity = 4096

  private struct State {
    var key: RSAKey
    /// Which key it is, counted.
    var number = 0
    var known: [String: UserClaims] = [:]
  }

  private let state: Mutex<State>

  /// Of tokens that `key` signs.
  init(key: RSAKey) {
    state = Mutex(State(key: key))
  }

  /// Another key signs from now on; tokens of the one before are known no more.
  func change(key: RSAKey) { state.withLock { $0 = State(key: key, number: $0.number + 1) } }

  /// What a token of the key's says, which may be over.
  func claims(of token: Secret) -> Result<UserClaims, JWT.Refusal> {
    let text = token.reveal()
    let (found, key, number) = state.withLock { ($0.known[text], $0.key, $0.number) }
    if let found { return .success(found) }
    return Result { () throws(JWT.Refusal) in
      let claims = try UserClaims(try JWT.claims(of: token, signedBy: key))
      state.withLock { state in
        // Signatures are checked outside the lock; the key may be another one by now.
        guard state.number == number else { return }
        if state.known.count >= VerifiedTokens.capacity { state.known = [:] }
        state.known[text] = claims
      }
      return claims
    }
  }

  /// What the token of a request to Chat says; `nil` when there is none.
  func claims(in request: HTTPRequest) -> Result<UserClaims, JWT.Refusal>? {
    guard Plane(path: request.path) == .chat,
      let parts = request.headers["Authorization"]?.split(separator: " ", maxSplits: 1),
      parts.count == 2, parts[0].lowercased() == "bearer"
    else { return nil }
    return claims(of: Secret(String(parts[1])))
  }
}
