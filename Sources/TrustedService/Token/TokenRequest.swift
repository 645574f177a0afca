import ACSTypes
import ACSWire

/// What a caller of `GET /token` or `POST /token` asks for.
struct TokenRequest: Hashable, Sendable {
  /// What a token may be used for when the request does not say: what Microsoft's samples give.
  static let defaultScopes: [TokenScope] = [.chat, .voip]

  /// Who asks; `nil` asks for an identity that nobody else has and nobody can ask for again.
  var name: CallerName?
  /// The name to show; `nil` keeps what is known.
  var displayName: CallerName?
  /// What the token is to be used for; empty when the request does not say.
  var scopes: [TokenScope]
  /// How long the token is to live, in minutes; `nil` when the request does not say.
  var lifetime: Int?

  /// A request for `name` that leaves everything else open.
  init(name: CallerName?, scopes: [TokenScope] = []) {
    self.name = name
    self.scopes = scopes
  }

  /// Reads `?user=alice&scope=chat,voip&name=Alice%20Liddell&expiresInMinutes=60`.
  init(query: QueryItems) throws(RequestProblem) {
    try self.init(
      user: query["user"], displayName: query["name"] ?? query["displayName"],
      scopes: query["scope"].map { [$0] },
      lifetime: try TokenRequest.lifetime(query["expiresInMinutes"]))
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
    var lifetime = try members.minutes("expiresInMinutes")
    if lifetime == nil { lifetime = try TokenRequest.lifetime(query["expiresInMinutes"]) }
    try self.init(
      user: try members.text("user") ?? query["user"],
      displayName: try members.text("displayName") ?? query["name"] ?? query["displayName"],
      scopes: try members.texts("scope") ?? query["scope"].map { [$0] },
      lifetime: lifetime)
  }

  private init(
    user: String?, displayName: String?, scopes: [String]?, lifetime: Int?
  ) throws(RequestProblem) {
    name = nil
    if let user { name = try CallerName(user, member: "user") }
    self.displayName = nil
    if let displayName { self.displayName = try CallerName(displayName, member: "displayName") }
    self.scopes = try TokenRequest.scopes(scopes ?? [])
    self.lifetime = lifetime
    if let lifetime, !Allowance.lifetimes.contains(lifetime) {
      throw .badRequest(
        "expiresInMinutes is \(lifetime); a token lives from \(Allowance.lifetimes.lowerBound) to "
          + "\(Allowance.lifetimes.upperBound) minutes.")
    }
  }

  /// Reads scopes, each text with one or several of them.
  static func scopes(_ texts: [String]) throws(RequestProblem) -> [TokenScope] {
    var scopes: [TokenScope] = []
    for text in texts {
      for word in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
        let scope = TokenScope(rawValue: String(word))
        guard Allowance.everyScope.contains(scope) else {
          throw .badRequest(
            "scope names something that is not known; known are "
              + Allowance.everyScope.map(\.rawValue).joined(separator: ", ") + ".")
        }
        if !scopes.contains(scope) { scopes.append(scope) }
      }
    }
    return scopes
  }

  private static func lifetime(_ text: String?) throws(RequestProblem) -> Int? {
    guard let text else { return nil }
    guard let minutes = Int(text) else {
      throw .badRequest("expiresInMinutes should be a whole number of minutes.")
    }
    return minutes
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

  /// The whole number of a member that may be absent or null.
  fileprivate func minutes(_ name: String) throws(RequestProblem) -> Int? {
    guard let json = self[name], !json.isNull else { return nil }
    guard let number = json.integer.flatMap({ Int(exactly: $0) }) else {
      throw .badRequest("\(name) should be a whole number of minutes.")
    }
    return number
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
