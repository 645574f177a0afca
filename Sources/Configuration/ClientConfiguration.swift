/// What the config file says.
public struct ClientConfiguration: Sendable {
  /// Where user access tokens come from.
  public enum Tokens: Hashable, Sendable {
    /// A token service, which renews them.
    case service(TokenService)
    /// One token, kept where nobody renews it.
    case given(ConfiguredSecret)
  }

  /// How often Chat is asked.
  public struct Polling: Hashable, Sendable {
    /// Between two readings of the open thread while somebody is active.
    public var open = Duration.milliseconds(1800)
    /// Between two readings of the open thread when nothing has happened for long.
    public var idle = Duration.seconds(15)
    /// Between two readings of the thread list.
    public var list = Duration.seconds(15)

    /// As often as without a word in the config file.
    public init() {}
  }

  /// Whether the service's real-time events are wanted.
  public enum RealTime: String, Hashable, Sendable, CaseIterable {
    /// Where the resource offers them; Chat is asked where it does not, and while they do not come.
    case auto
    /// Never: Chat is asked every few seconds.
    case off
  }

  /// The ACS endpoint, without a trailing slash.
  public var endpoint: String
  /// The user's name, sent along with messages.
  public var displayName: String
  /// Where tokens come from.
  public var tokens: Tokens
  /// What tokens are asked for.
  public var scopes = ["chat", "voip"]
  /// The call gateway; `nil` when there is none.
  public var gateway: String?
  /// A file with certificates that are trusted besides the system's, as written, perhaps with a leading `~/`; `nil` for
  /// none.
  public var certificateAuthority: String?
  /// The theme, by name or path; `nil` for the built-in one.
  public var theme: String?
  /// Keys bound by the user: chord to command name.
  public var keys: [String: String] = [:]
  /// How often Chat is asked.
  public var polling = Polling()
  /// Whether the service's real-time events are wanted.
  public var realTime = RealTime.auto
  /// What is kept of threads and messages.
  public var history = History()
  private let document: ConfigurationDocument

  /// Reads the text of a config file named `file`.
  ///
  /// - Throws: `ConfigurationError` for the first thing that is wrong.
  public init(text: String, file: String) throws(ConfigurationError) {
    try self.init(ConfigurationDocument(text: text, file: file))
  }

  private init(_ document: ConfigurationDocument) throws(ConfigurationError) {
    self.document = document
    try document.expectKeys(
      "",
      [
        "endpoint", "displayName", "tokenService", "token", "scopes", "gateway",
        "certificateAuthority", "theme", "keys", "polling", "realtime",
        "history",
      ])
    try document.expectKeys("polling", ["open", "idle", "list"])
    endpoint = try document.address("endpoint", isRequired: true) ?? ""
    while endpoint.hasSuffix("/") { endpoint.removeLast() }
    tokens = try document.tokens()
    var user = ""
    if case .service(let service) = tokens { user = service.user }
    displayName = try document.text("displayName") ?? user
    guard !displayName.isEmpty else {
      throw document.error("displayName", "displayName is missing: the name that others see")
    }
    scopes = try document.scopes() ?? scopes
    gateway = try document.address("gateway", isRequired: false, isSocket: true)
    certificateAuthority = try document.text("certificateAuthority")
    theme = try document.text("theme")
    keys = try document.keyBindings()
    realTime = try document.realTime() ?? realTime
    polling.open = try document.seconds("polling.open", in: 1...60) ?? polling.open
    polling.idle = try document.seconds("polling.idle", in: 1...600) ?? polling.idle
    polling.list = try document.seconds("polling.list", in: 1...600) ?? polling.list
    history = try document.history()
  }

  /// The token service; `nil` when one token is given.
  public var tokenService: TokenService? {
    if case .service(let service) = tokens { service } else { nil }
  }

  /// An error at the binding of `chord`, for what only the key map can judge.
  public func error(atKey chord: String, _ message: String) -> ConfigurationError {
    document.keyError("keys.\(chord)", message)
  }
}

extension ConfigurationDocument {
  fileprivate func keyBindings() throws(ConfigurationError) -> [String: String] {
    var bindings: [String: String] = [:]
    for member in try members("keys") {
      guard case .string(let name) = member.value else {
        throw wrong("keys.\(member.name)", "the name of a command", member.value)
      }
      bindings[member.name] = name
    }
    return bindings
  }

  /// The scopes that the service knows; any other is a slip, which the token service would report less clearly.
  fileprivate func scopes() throws(ConfigurationError) -> [String]? {
    guard let names = try texts("scopes") else { return nil }
    guard !names.isEmpty else { throw error("scopes", "scopes must name at least one scope") }
    let known = ["chat", "chat.join", "chat.join.limited", "voip", "voip.join"]
    for (index, name) in names.enumerated() where !known.contains(name) {
      throw error(
        "scopes[\(index)]",
        "there is no scope \"\(name)\"; known are \(known.joined(separator: ", "))")
    }
    return names
  }

  /// An `https` address, or an `http` one of this machine: a token must not travel in clear text.
  ///
  /// A socket's address may say `wss` and `ws` instead.
  func address(
    _ path: String, isRequired: Bool, isSocket: Bool = false
  ) throws(ConfigurationError) -> String? {
    guard let text = try text(path), !text.isEmpty else {
      guard isRequired else { return nil }
      let parent = path.split(separator: ".").dropLast().joined(separator: ".")
      throw error(parent, "\(path) is missing")
    }
    let schemes: [Substring] = ["https", "http"] + (isSocket ? ["wss", "ws"] : [])
    let scheme = text.prefix { $0 != ":" }
    guard schemes.contains(scheme), text.dropFirst(scheme.count).hasPrefix("://") else {
      throw error(path, "\(path) must begin with https:// or, on this machine, http://")
    }
    let rest = text.dropFirst(scheme.count + 3)
    let authority = rest.prefix { !"/?#".contains($0) }
    guard !authority.isEmpty, !text.contains(where: { $0.isWhitespace }) else {
      throw error(path, "\(path) must name a host, as https://example.communication.azure.com does")
    }
    guard !authority.contains("@") else {
      throw error(path, "\(path) must not hold a user name or password")
    }
    if scheme == "http" || scheme == "ws", !isLoopback(authority) {
      throw error(
        path,
        "\(path) must be \(scheme)s:// for another machine: tokens must not travel in clear text")
    }
    return text
  }

  private func isLoopback(_ authority: Substring) -> Bool {
    if authority.hasPrefix("[") { return authority.hasPrefix("[::1]") }
    let host = authority.prefix { $0 != ":" }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    let isLocalAddress =
      numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    return host == "localhost" || isLocalAddress
  }
}

extension ConfigurationDocument {
  /// `realtime`; `nil` when it is absent or null.
  fileprivate func realTime() throws(ConfigurationError) -> ClientConfiguration.RealTime? {
    guard let text = try text("realtime") else { return nil }
    guard let realTime = ClientConfiguration.RealTime(rawValue: text) else {
      throw error("realtime", "realtime must be \"auto\" or \"off\", not \"\(text)\"")
    }
    return realTime
  }
}
