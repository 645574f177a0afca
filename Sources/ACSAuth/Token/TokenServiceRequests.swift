import ACSTypes
import ACSWire

/// The requests to a token service, put together from its settings.
struct TokenServiceRequests: Sendable {
  /// The request for a token.
  let token: HTTPRequest
  /// The address of ``token`` without its query, to be shown.
  let shownURL: String

  private let settings: TokenServiceSettings

  /// Checks the addresses and the header fields.
  ///
  /// - Throws: `ServiceError` with code `.badSettings`, naming the setting.
  init(_ settings: TokenServiceSettings) throws {
    self.settings = settings
    let scope = settings.scopes.map(\.rawValue)
    let isGet = settings.method == .get
    let address = try TokenServiceRequests.address(
      settings.url, setting: "url",
      filling: [
        "user": settings.userName.percentEncoded,
        "scope": scope.map(\.percentEncoded).joined(separator: ","),
      ], adding: isGet)
    shownURL = address.withoutQuery
    var request = HTTPRequest(
      method: settings.method.rawValue, origin: address.origin, target: address.target,
      headers: ["Accept": "application/json"], timeout: settings.timeout)
    if !isGet {
      let body = TokenServiceBody(
        template: settings.body, user: settings.userName, scope: scope.joined(separator: ","))
      request.headers["Content-Type"] = body.contentType
      request.body = body.bytes
    }
    token = try TokenServiceRequests.adding(settings.headers, to: request)
    if settings.refreshURL != nil {
      _ = try refresh(CommunicationIdentifier(rawID: "8:acs:"))
    }
  }

  /// The request for the next token of `identity`; `nil` when the settings have no address for it.
  func refresh(_ identity: CommunicationIdentifier) throws -> HTTPRequest? {
    guard let url = settings.refreshURL else { return nil }
    let place = "{userId}"
    let whole = url.contains(place) ? url : "\(url)\(url.hasSuffix("/") ? "" : "/")\(place)"
    let address = try TokenServiceRequests.address(
      whole, setting: "refreshURL", filling: ["userId": identity.rawID.percentEncoded],
      adding: false)
    let request = HTTPRequest(
      method: "POST", origin: address.origin, target: address.target,
      headers: ["Accept": "application/json"], timeout: settings.timeout)
    return try TokenServiceRequests.adding(settings.headers, to: request)
  }

  private static func address(
    _ url: String, setting: String, filling values: KeyValuePairs<String, String>, adding: Bool
  ) throws -> HTTPAddress {
    var filled = url
    var missing: [String] = []
    for (name, value) in values {
      let place = "{\(name)}"
      if filled.contains(place) {
        filled = filled.split(separator: place, omittingEmptySubsequences: false)
          .joined(separator: value)
      } else if !value.isEmpty {
        missing.append("\(name)=\(value)")
      }
    }
    guard var address = HTTPAddress(filled) else {
      throw ServiceError(
        .badSettings,
        """
        The token service's \(setting) is no address. Write http:// or https://, a host and a path, without a \
        user name or password.
        """)
    }
    guard adding else { return address }
    let query = address.target.drop { $0 != "?" }.dropFirst()
    let given = Set(query.split(separator: "&").map { $0.prefix { $0 != "=" } })
    let added = missing.filter { !given.contains($0.prefix { $0 != "=" }) }
    guard !added.isEmpty else { return address }
    let mark = address.target.contains("?") ? (query.isEmpty ? "" : "&") : "?"
    address.target += mark + added.joined(separator: "&")
    return address
  }

  private static func adding(
    _ headers: [TokenServiceSettings.Header], to request: HTTPRequest
  ) throws -> HTTPRequest {
    var request = request
    for header in headers {
      let value = header.value.reveal()
      guard !header.name.isEmpty,
        header.name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 58 }),
        value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
      else {
        throw ServiceError(
          .badSettings,
          """
          A header field of the token service cannot be sent. Its name must have no blanks and colons, its value \
          no line breaks.
          """)
      }
      request.headers[header.name] = value
    }
    return request
  }
}

/// What a `POST` to a token service sends.
private struct TokenServiceBody {
  let contentType: String
  let bytes: [UInt8]

  init(template: String?, user: String, scope: String) {
    guard let template else {
      var object = JSONObject()
      if !user.isEmpty { object["user"] = .string(user) }
      if !scope.isEmpty { object["scope"] = .string(scope) }
      contentType = "application/json"
      bytes = JSONValue.object(object).bytes
      return
    }
    let first = template.first { !$0.isWhitespace }
    let isJSON = first == "{" || first == "["
    contentType = isJSON ? "application/json" : "application/x-www-form-urlencoded"
    var filled = template
    for (name, value) in [("user", user), ("scope", scope)] {
      let encoded =
        isJSON ? String(JSONValue.string(value).text.dropFirst().dropLast()) : value.percentEncoded
      filled = filled.split(separator: "{\(name)}", omittingEmptySubsequences: false)
        .joined(separator: encoded)
    }
    bytes = Array(filled.utf8)
  }
}
