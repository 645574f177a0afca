import ACSTypes
import ACSWire

/// What a quickstart did, for programs.
struct QuickstartRecord: Sendable {
  /// One token of the tour.
  struct Issued: Sendable {
    let scope: TokenScope
    let token: UserAccessToken
  }

  /// The identity, which is deleted by now.
  let identity: CommunicationIdentifier
  let tokens: [Issued]

  func json(showingTokens: Bool) -> JSONValue {
    let tokens = tokens.map { issued -> JSONValue in
      var members = JSONObject([
        ("scope", .string(issued.scope.rawValue)),
        ("expiresOn", .string(issued.token.expiresOn.iso8601)),
      ])
      if showingTokens { members["token"] = .string(issued.token.token.reveal()) }
      return .object(members)
    }
    return [
      "identity": .string(identity.rawID), "tokens": .array(tokens), "deleted": .bool(true),
    ]
  }
}
