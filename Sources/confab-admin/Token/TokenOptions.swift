import ACSTypes
import ACSWire
import ArgumentTable

/// The options by which a token is asked for.
struct TokenOptions: Equatable {
  let scopes: [TokenScope]
  /// `nil` leaves it to the service, which takes 1440.
  let minutes: Int?

  static let options: [CommandTable.Option] = [
    .choice(
      "scope", TokenScope.known.map(\.rawValue), "What the token is for", repeatable: true),
    .duration(
      "expires-in", in: .seconds(3600)...(.seconds(86_400)),
      "How long the token is good, in whole minutes; the service's default is 24h"),
  ]

  /// What was asked for.
  ///
  /// - Throws: `UsageError` for a time that is no number of minutes.
  init(_ workplace: Workplace) throws(UsageError) {
    var scopes: [TokenScope] = []
    for scope in workplace.arguments.texts("scope").map(TokenScope.init)
    where !scopes.contains(scope) {
      scopes.append(scope)
    }
    self.scopes = scopes
    let seconds = workplace.arguments.duration("expires-in")?.components.seconds
    guard seconds.map({ $0.isMultiple(of: 60) }) ?? true else {
      throw workplace.wrong("option '--expires-in' needs whole minutes, such as 90m or 1h30m")
    }
    minutes = seconds.map { Int($0 / 60) }
  }
}

extension UserAccessToken {
  /// The token as Identity tells a new identity and its token, which a token service may hand on.
  var json: JSONValue {
    [
      "identity": ["id": .string(identity.rawID)],
      "accessToken": [
        "token": .string(token.reveal()), "expiresOn": .string(expiresOn.iso8601WithOffset),
      ],
    ]
  }
}
