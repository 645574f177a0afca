import ACSTypes
import ACSWire

/// What is filled into the settings of a token service: `{user}`, `{scope}`, `{userId}`.
struct Places {
  /// How a value is written for the place where it stands.
  enum Encoding {
    /// As it is.
    case plain
    /// For a path or a query.
    case address
    /// For a form.
    case form
    /// For the inside of a JSON string.
    case json
  }

  private let userName: String
  private let scopes: [String]
  private let userID: String

  init(_ settings: TokenServiceSettings, _ identity: CommunicationIdentifier?) {
    userName = settings.userName
    scopes = settings.scopes.map(\.rawValue)
    userID = identity?.rawID ?? ""
  }

  /// A template with its places filled.
  ///
  /// One pass: what is filled in is not looked at again, so that a user called `{scope}` stays one.
  func filled(_ template: String, _ encoding: Encoding) -> String {
    let places = [("{user}", userName), ("{userId}", userID)]
    var result = ""
    var rest = template[...]
    while let brace = rest.firstIndex(of: "{") {
      result += rest[..<brace]
      rest = rest[brace...]
      if let (name, value) = places.first(where: { rest.hasPrefix($0.0) }) {
        result += Places.encoded(value, encoding)
        rest = rest.dropFirst(name.count)
      } else if rest.hasPrefix("{scope}") {
        result += encodedScopes(encoding)
        rest = rest.dropFirst("{scope}".count)
      } else {
        result.append("{")
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }

  /// What is to be in the query, encoded.
  func query(_ settings: TokenServiceSettings) -> [String] {
    if let query = settings.query {
      return query.map {
        "\($0.name.percentEncoded)=\(filled($0.value, .plain).percentEncoded)"
      }
    }
    guard settings.method == .get else { return [] }
    var members: [String] = []
    if !settings.url.contains("{user}"), !userName.isEmpty {
      members.append("user=\(userName.percentEncoded)")
    }
    if !settings.url.contains("{scope}"), !scopes.isEmpty {
      members.append("scope=\(encodedScopes(.address))")
    }
    return members
  }

  /// The commas between scopes stay readable in an address.
  private func encodedScopes(_ encoding: Encoding) -> String {
    if case .address = encoding {
      return scopes.map(\.percentEncoded).joined(separator: ",")
    }
    return Places.encoded(scopes.joined(separator: ","), encoding)
  }

  private static func encoded(_ value: String, _ encoding: Encoding) -> String {
    switch encoding {
    case .plain: value
    case .address, .form: value.percentEncoded
    case .json: String(JSONValue.string(value).text.dropFirst().dropLast())
    }
  }
}

/// What a `POST` to a token service sends.
struct TokenServiceBody {
  let contentType: String
  let bytes: [UInt8]

  init(_ settings: TokenServiceSettings, _ identity: CommunicationIdentifier?) {
    guard let template = settings.body else {
      let scope = settings.scopes.map(\.rawValue).joined(separator: ",")
      var object = JSONObject()
      if !settings.userName.isEmpty { object["user"] = .string(settings.userName) }
      if !scope.isEmpty { object["scope"] = .string(scope) }
      contentType = "application/json"
      bytes = JSONValue.object(object).bytes
      return
    }
    let first = template.first { !$0.isWhitespace }
    let isJSON = first == "{" || first == "["
    contentType = isJSON ? "application/json" : "application/x-www-form-urlencoded"
    let filled = Places(settings, identity).filled(template, isJSON ? .json : .form)
    bytes = Array(filled.utf8)
  }
}
