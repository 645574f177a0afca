public import ACSTypes
import ACSWire

/// What whoever answers for this service wants to read later: one line each.
///
/// People stand in it by their identities, which mean nothing once they are erased; `confab serve explain` knows the
/// names. Tokens and other secrets do not stand in it.
public enum AuditEntry: Hashable, Sendable {
  /// A token was issued.
  case tokenIssued(TokenRecord)
  /// The tokens of an identity were made worthless.
  case tokensRevoked(Revocation)
  /// An identity was deleted, and all that was kept about the person.
  case userErased(CommunicationIdentifier, on: Timestamp, caller: String)
}

extension AuditEntry {
  /// One line of JSON.
  public var line: String { JSONValue.object(object).text }

  private var object: JSONObject {
    switch self {
    case .tokenIssued(let token):
      var object = beginning(token.issuedOn, "tokenIssued", token.identity, token.caller)
      object["reason"] = .string(token.reason)
      object["credential"] = .string(token.credential)
      object["scopes"] = .array(token.scopes.map { .string($0.rawValue) })
      object["expiresOn"] = .string(token.expiresOn.iso8601)
      return object
    case .tokensRevoked(let revocation):
      return beginning(
        revocation.revokedOn, "tokensRevoked", revocation.identity, revocation.caller)
    case .userErased(let identity, let now, let caller):
      return beginning(now, "userErased", identity, caller)
    }
  }

  private func beginning(
    _ now: Timestamp, _ event: String, _ identity: CommunicationIdentifier, _ caller: String
  ) -> JSONObject {
    [
      "time": .string(now.iso8601WithMilliseconds), "level": "audit", "event": .string(event),
      "identity": .string(identity.rawID), "caller": .string(caller),
    ]
  }
}
