import ACSTypes
import ACSWire

/// The requests to a token service, put together from its settings.
struct TokenServiceRequests: Sendable {
  /// The address without its query, to be shown.
  let shownURL: String

  private let settings: TokenServiceSettings

  /// Checks the addresses and the names of the header fields.
  ///
  /// - Throws: `ServiceError` with code `.badSettings`, naming the setting.
  init(_ settings: TokenServiceSettings) throws {
    self.settings = settings
    let nobody = CommunicationIdentifier(rawID: "8:acs:")
    shownURL = try TokenServiceRequests.address(settings, for: nil).withoutQuery
    _ = try refresh(nobody, [])
    for header in settings.headers {
      let value: Secret = if case .given(let value) = header.source { value } else { Secret("") }
      _ = try TokenServiceRequests.field(LoginProof(name: header.name, value: value))
    }
  }

  /// The request for a token.
  ///
  /// - Parameters:
  ///   - identity: Whose it is, where that is known.
  ///   - headers: The fields that the token service asks for, whose places are not filled yet.
  /// - Returns: A request with all places filled.
  /// - Throws: `ServiceError` with code `.badSettings` for a field that cannot be sent.
  func token(
    for identity: CommunicationIdentifier? = nil, _ headers: [LoginProof]
  ) throws -> HTTPRequest {
    let address = try TokenServiceRequests.address(settings, for: identity)
    var request = HTTPRequest(
      method: settings.method.rawValue, origin: address.origin, target: address.target,
      headers: ["Accept": "application/json"], timeout: settings.timeout)
    if settings.method != .get {
      let body = TokenServiceBody(settings, identity)
      request.headers["Content-Type"] = body.contentType
      request.body = body.bytes
    }
    return try adding(headers, to: request, identity)
  }

  /// The request for the next token of `identity`; `nil` when the settings have no address for it.
  ///
  /// - Throws: `ServiceError` with code `.badSettings` for a field that cannot be sent.
  func refresh(
    _ identity: CommunicationIdentifier, _ headers: [LoginProof]
  ) throws -> HTTPRequest? {
    guard let url = settings.refreshURL else { return nil }
    let place = "{userId}"
    let whole = url.contains(place) ? url : "\(url)\(url.hasSuffix("/") ? "" : "/")\(place)"
    let filled = Places(settings, identity).filled(whole, .address)
    guard let address = HTTPAddress(filled) else {
      throw TokenServiceRequests.noAddress("refreshURL")
    }
    let request = HTTPRequest(
      method: "POST", origin: address.origin, target: address.target,
      headers: ["Accept": "application/json"], timeout: settings.timeout)
    return try adding(headers, to: request, identity)
  }

  private static func address(
    _ settings: TokenServiceSettings, for identity: CommunicationIdentifier?
  ) throws -> HTTPAddress {
    let places = Places(settings, identity)
    let filled = places.filled(settings.url, .address)
    guard var address = HTTPAddress(filled) else { throw noAddress("url") }
    let query = address.target.drop { $0 != "?" }.dropFirst()
    let given = Set(query.split(separator: "&").map { $0.prefix { $0 != "=" } })
    let added = places.query(settings).filter { !given.contains($0.prefix { $0 != "=" }) }
    guard !added.isEmpty else { return address }
    let mark = address.target.contains("?") ? (query.isEmpty ? "" : "&") : "?"
    address.target += mark + added.joined(separator: "&")
    return address
  }

  private static func noAddress(_ setting: String) -> ServiceError {
    ServiceError(
      .badSettings,
      """
      The token service's \(setting) is no address. Write http:// or https://, a host and a path, without a \
      user name or password.
      """)
  }

  private func adding(
    _ headers: [LoginProof], to request: HTTPRequest, _ identity: CommunicationIdentifier?
  ) throws -> HTTPRequest {
    var request = request
    let places = Places(settings, identity)
    for header in headers {
      var header = header
      // A secret is sent as it is.
      if settings.headers.contains(where: { $0.source == .given(header.value) }) {
        header.value = Secret(places.filled(header.value.reveal(), .plain))
      }
      let field = try TokenServiceRequests.field(header)
      request.headers[field.name] = field.value.reveal()
    }
    return request
  }

  private static func field(_ header: LoginProof) throws -> LoginProof {
    guard !header.name.isEmpty,
      header.name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 58 }),
      header.value.reveal().utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
    else {
      throw ServiceError(
        .badSettings,
        """
        A header field of the token service cannot be sent. Its name must have no blanks and colons, its value \
        no line breaks.
        """)
    }
    return header
  }
}
