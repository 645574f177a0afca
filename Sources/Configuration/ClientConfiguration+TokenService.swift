extension ClientConfiguration {
  /// A service that gives user access tokens.
  public struct TokenService: Hashable, Sendable {
    /// How it is asked.
    public enum Method: String, Hashable, Sendable, CaseIterable {
      /// All is in the address.
      case get = "GET"
      /// With a body.
      case post = "POST"
      /// With a body.
      case put = "PUT"
    }

    /// The address that is asked.
    public var url: String
    /// How it is asked.
    public var method = Method.get
    /// The name by which the service knows the user; empty when the login tells who it is.
    public var user: String
    /// What is in the query, in the file's order; `nil` for the default.
    public var query: [QueryMember]?
    /// Where a known identity's next token comes from; `nil` asks ``url`` again.
    public var refreshURL: String?
    /// Where people are found by name; `nil` when there is no directory.
    public var usersURL: String?
    /// What a `POST` sends; `nil` for the default.
    public var body: String?
    /// Further header fields.
    public var headers: [Header] = []
    /// How the user proves who they are; `nil` when nobody asks.
    public var login: ConfiguredLogin?
  }

  /// A member of the token service's query.
  public struct QueryMember: Hashable, Sendable {
    /// The member's name.
    public var name: String
    /// The member's value, with places to be filled.
    public var value: String
  }

  /// A header field for the token service.
  public struct Header: Hashable, Sendable {
    /// Where the value comes from.
    public enum Source: Hashable, Sendable {
      /// The file itself; not for secrets.
      case text(String)
      /// Somewhere else.
      case secret(ConfiguredSecret)
    }

    /// The field's name.
    public var name: String
    /// Where its value comes from.
    public var source: Source
  }
}

extension ConfigurationDocument {
  /// Where tokens come from: `tokenService` or `token`.
  func tokens() throws(ConfigurationError) -> ClientConfiguration.Tokens {
    guard value("token") != nil else { return .service(try tokenService()) }
    guard value("tokenService") == nil else {
      throw error("token", "token and tokenService exclude each other; give one of them")
    }
    try expectKeys("token", Self.secretKeys)
    return .given(try secret("token"))
  }

  private func tokenService() throws(ConfigurationError) -> ClientConfiguration.TokenService {
    try expectKeys(
      "tokenService",
      [
        "url", "user", "method", "query", "refreshURL", "usersURL", "body", "headers", "login",
      ])
    let url = try address("tokenService.url", isRequired: true) ?? ""
    let login = try login()
    let user = try text("tokenService.user") ?? ""
    guard !user.isEmpty || login != nil else {
      throw error(
        "tokenService",
        "tokenService.user is missing: the name by which the token service knows you")
    }
    var service = ClientConfiguration.TokenService(url: url, user: user)
    if let name = try text("tokenService.method") {
      guard let method = ClientConfiguration.TokenService.Method(rawValue: name) else {
        throw error(
          "tokenService.method",
          "tokenService.method must be \"GET\", \"POST\" or \"PUT\", not \"\(name)\"")
      }
      service.method = method
    }
    service.query = try query()
    service.refreshURL = try address("tokenService.refreshURL", isRequired: false)
    service.usersURL = try address("tokenService.usersURL", isRequired: false)
    service.body = try text("tokenService.body")
    service.headers = try headers()
    service.login = login
    return service
  }

  private func query() throws(ConfigurationError) -> [ClientConfiguration.QueryMember]? {
    guard value("tokenService.query") != nil else { return nil }
    var query: [ClientConfiguration.QueryMember] = []
    for member in try members("tokenService.query") {
      guard case .string(let text) = member.value else {
        throw wrong("tokenService.query.\(member.name)", "a text", member.value)
      }
      query.append(.init(name: member.name, value: text))
    }
    return query
  }

  private func headers() throws(ConfigurationError) -> [ClientConfiguration.Header] {
    var headers: [ClientConfiguration.Header] = []
    for member in try members("tokenService.headers") {
      let path = "tokenService.headers.\(member.name)"
      switch member.value {
      case .string(let text):
        headers.append(.init(name: member.name, source: .text(text)))
      case .object:
        try expectKeys(path, Self.secretKeys)
        headers.append(.init(name: member.name, source: .secret(try secret(path))))
      default:
        throw wrong(path, "a text or { environment: \"NAME\" }", member.value)
      }
    }
    return headers
  }
}
