import ACSTypes
import ACSWire

/// What a caller of `GET /token` or `POST /token` asks for.
struct TokenRequest: Hashable, Sendable {
  /// What a token may be used for when the request does not say: what Microsoft's samples give.
  static let defaultScopes: [TokenScope] = [.chat, .voip]

  private static let knownScopes: [TokenScope] = [
    .chat, .chatJoin, .chatJoinLimited, .voip, .voipJoin,
  ]

  /// Who asks; `nil` asks for an identity that nobody else has and nobody can ask for again.
  var name: CallerName?
  /// The name to show; `nil` keeps what is known.
  var displayName: CallerName?
  /// What the token is to be used for; never empty.
  var scopes: [TokenScope]

  /// Reads `?user=alice&scope=chat,voip&name=Alice%20Liddell`.
  init(query: QueryItems) throws(RequestProblem) {
    try self.init(
      user: query["user"], displayName: query["name"] ?? query["displayName"],
      scopes: query["scope"].map { [$0] })
  }

  /// Reads `{"user":"alice","scope":"chat,voip","displayName":"Alice Liddell"}`; the scope may be a list, an empty body
  /// asks for what an empty object does, and what the body leaves out may stand in the query.
  init(body: [UInt8], query: QueryItems) throws(RequestProblem) {
    var members: JSONObject = [:]
    if !body.isEmpty {
      guard let json = try? JSONValue.parse(body), let object = json.object else {
        throw .badRequest(
          #"The body is not a JSON object; send {"user":"alice","scope":"chat,voip"}."#)
      }
      members = object
    }
    try self.init(
      user: try members.text("user") ?? query["user"],
      displayName: try members.text("displayName") ?? query["name"] ?? query["displayName"],
      scopes: try members.texts("scope") ?? query["scope"].map { [$0] })
  }

  private init(user: String?, displayName: String?, scopes: [String]?) throws(RequestProblem) {
    name = nil
    if let user { name = try CallerName(user, member: "user") }
    self.displayName = nil
    if let displayName { self.displayName = try CallerName(displayName, member: "displayName") }
    self.scopes = try TokenRequest.scopes(scopes ?? [])
  }

  /// Reads scopes, each text with one or several of them; none are ``defaultScopes``.
  static func scopes(_ texts: [String]) throws(RequestProblem) -> [TokenScope] {
    var scopes: [TokenScope] = []
    for text in texts {
      for word in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
        let scope = TokenScope(rawValue: String(word))
        guard knownScopes.contains(scope) else {
          throw .badRequest(
            "scope names something that is not known; known are "
              + knownScopes.map(\.rawValue).joined(separator: ", ") + ".")
        }
        if !scopes.contains(scope) { scopes.append(scope) }
      }
    }
    return scopes.isEmpty ? defaultScopes : scopes
  }
}

extension JSONObject {
  /// The text of a member that may be absent or null.
  fileprivate func text(_ name: String) throws(RequestProblem) -> String? {
    guard let json = self[name], !json.isNull else { return nil }
    guard let text = json.string else {
      throw .badRequest("\(name) should be a string and is \(json.kindName).")
    }
    return text
  }

  /// The texts of a member that may be a text, a list of them, absent or null.
  fileprivate func texts(_ name: String) throws(RequestProblem) -> [String]? {
    guard let list = self[name]?.array else { return try text(name).map { [$0] } }
    return try list.map { json throws(RequestProblem) in
      guard let text = json.string else {
        throw .badRequest("\(name) should be a list of strings and holds \(json.kindName).")
      }
      return text
    }
  }
}
