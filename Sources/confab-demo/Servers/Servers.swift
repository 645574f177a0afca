/// The emulator and the trusted service of one demo.
struct Servers {
  /// Where things are once both listen.
  struct Addresses: Equatable, Sendable {
    /// Chat's endpoint.
    var endpoint: String
    /// Where the emulator is told where events go.
    var subscriptions: String
    /// Where user access tokens come from.
    var tokens: String
    /// Where people are found by name.
    var users: String
    /// The call gateway.
    var gateway: String
    /// Where the trusted service hears of incoming calls.
    var events: String
  }

  private let watch: Watch
  private var running: [ServerProcess] = []

  init(watch: Watch) {
    self.watch = watch
  }

  /// Starts both on free loopback ports; on an error, what was started is for ``stop()``.
  mutating func start() throws(DemoError) -> Addresses {
    let emulator = try start(
      "confab-emulator",
      [
        "--port=0", "--https-port=0", "--imds-port=0", "--admin-port=0", "--ephemeral",
        "--until-eof", "--quiet",
      ])
    let endpoint = try emulator.text("httpEndpoint").withoutSlash
    let trusted = try start(
      "confab-serve", ["--port=0", "--memory", "--until-eof", "--quiet"],
      environment: [
        "CONFAB_CONNECTION_STRING":
          "endpoint=\(endpoint)/;accesskey=\(try emulator.text("accessKey"))"
      ])
    return Addresses(
      endpoint: endpoint,
      subscriptions: try emulator.text("adminEndpoint").withoutSlash + "/subscriptions",
      tokens: try trusted.text("tokenURL"),
      users: try trusted.text("endpoint").withoutSlash + "/users",
      gateway: try trusted.text("gatewayURL"), events: try trusted.text("eventsURL"))
  }

  /// Ends both and waits for it.
  func stop() {
    // The trusted service first, while what it may want to end is still there.
    for server in running.reversed() {
      server.end()
      server.join(watch)
    }
  }

  /// What is to be said of servers that did not run to the end.
  var complaints: [String] { running.compactMap(\.complaint) }

  private mutating func start(
    _ name: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws(DemoError) -> ServerFacts {
    let server = try ServerProcess(
      name, arguments: arguments, environment: environment, watch: watch)
    running.append(server)
    return try server.facts(watch)
  }
}

extension String {
  /// The address without a slash at its end.
  fileprivate var withoutSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
