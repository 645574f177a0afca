import Testing

@testable import Configuration

@Suite("The config file")
struct ClientConfigurationTests {
  @Test("the example is right and says what it shows")
  func example() throws {
    let configuration = try ClientConfiguration(
      text: ClientConfiguration.example, file: "config.json5")
    #expect(configuration.endpoint == "http://127.0.0.1:7750")
    #expect(configuration.displayName == "Alice")
    #expect(configuration.tokenService?.url == "http://127.0.0.1:7760/token")
    #expect(configuration.tokenService?.user == "alice")
    #expect(configuration.tokenService?.usersURL == "http://127.0.0.1:7760/users")
    #expect(configuration.gateway == "http://127.0.0.1:7760/gateway")
    #expect(configuration.scopes == ["chat", "voip"])
    #expect(configuration.polling.open == .milliseconds(1800))
    #expect(configuration.history == ClientConfiguration.History(place: .disk, retention: nil))
    #expect(configuration.realTime == .auto)
  }

  @Test("everything that can be set is read")
  func everything() throws {
    let configuration = try ClientConfiguration(
      text: """
        {
          endpoint: 'https://contoso.communication.azure.com/',
          tokenService: {
            url: "https://tokens.example/api/token", user: "bob", method: "POST",
            refreshURL: "https://tokens.example/refresh/{userId}", body: "{}",
            headers: { "x-key": { environment: "KEY" }, "x-file": { file: "~/key" }, "x-plain": "yes" },
            query: { id: "{userId}", for: "{scope}" },
          },
          scopes: ["chat"], theme: "plain", polling: { open: 2, idle: 20, list: 30 },
          keys: { "C-x": "quit" },
          history: { keep: false, retentionDays: 30 }, realtime: "off",
          gateway: "wss://tokens.example/gateway",
        }
        """, file: "c")
    #expect(configuration.endpoint == "https://contoso.communication.azure.com")
    #expect(configuration.displayName == "bob")
    let service = try #require(configuration.tokenService)
    #expect(service.method == .post)
    #expect(
      service.headers == [
        .init(name: "x-key", source: .secret(.environment("KEY"))),
        .init(name: "x-file", source: .secret(.file("~/key"))),
        .init(name: "x-plain", source: .text("yes")),
      ])
    #expect(service.query?.map(\.name) == ["id", "for"])
    #expect(service.query?.map(\.value) == ["{userId}", "{scope}"])
    #expect(service.login == nil)
    #expect(configuration.scopes == ["chat"])
    #expect(configuration.theme == "plain")
    #expect(configuration.history.place == .nowhere)
    #expect(configuration.history.retention == .seconds(30 * 86_400))
    #expect(configuration.polling.list == .seconds(30))
    #expect(configuration.realTime == .off)
    #expect(configuration.keys == ["C-x": "quit"])
    #expect(configuration.gateway == "wss://tokens.example/gateway")
  }

  private static func signIn(_ members: String) throws -> ClientConfiguration {
    try ClientConfiguration(
      text: "{ endpoint: \"https://e\", displayName: \"Ann\", \(members) }", file: "c")
  }

  @Test(
    "a history is kept on the disk unless another place is named",
    arguments: [
      ("", .disk), ("history: {}, ", .disk), ("history: { keep: true }, ", .disk),
      ("history: { keep: \"memory\" }, ", .memory), ("history: { keep: false }, ", .nowhere),
    ] as [(String, ClientConfiguration.History.Place)])
  func historyPlace(words: String, place: ClientConfiguration.History.Place) throws {
    let text = "{ endpoint: \"https://e\", \(words)displayName: \"a\", token: { file: \"t\" } }"
    #expect(try ClientConfiguration(text: text, file: "c").history.place == place)
  }

  @Test(
    "a login takes its header from a variable, a file or a command, with a shell or without",
    arguments: [
      (#"{ environment: "T" }"#, "Authorization", ConfiguredSecret.environment("T")),
      (#"{ header: "x-key", file: "~/k" }"#, "x-key", .file("~/k")),
      (#"{ command: ["a", "b c", ""] }"#, "Authorization", .program(["a", "b c", ""])),
      (#"{ command: "a | b" }"#, "Authorization", .shell("a | b")),
    ])
  func login(text: String, header: String, secret: ConfiguredSecret) throws {
    let configuration = try Self.signIn(
      #"tokenService: { url: "https://t/", login: \#(text) }"#)
    #expect(configuration.tokenService?.login == .secret(header: header, secret))
    // Who it is, the login tells.
    #expect(configuration.tokenService?.user == "")
  }

  @Test("a login by a device code, with what may be left out and without")
  func deviceCode() throws {
    let short = try Self.signIn(
      #"tokenService: { url: "https://t/", login: { deviceCode: { clientId: "a", scope: "s t" } } }"#
    )
    #expect(
      short.tokenService?.login
        == .deviceCode(.init(authority: nil, tenant: nil, clientID: "a", scope: "s t")))
    let whole = try Self.signIn(
      #"""
      tokenService: { url: "https://t/", user: "ann", login: { deviceCode: {
        authority: "http://127.0.0.1:7750/entra", tenant: "t", clientId: "a", scope: "s" } } }
      """#)
    #expect(
      whole.tokenService?.login
        == .deviceCode(
          .init(authority: "http://127.0.0.1:7750/entra", tenant: "t", clientID: "a", scope: "s")))
  }

  @Test("a token may be given in place of a token service")
  func givenToken() throws {
    let configuration = try Self.signIn(#"token: { environment: "T" }"#)
    #expect(configuration.tokens == .given(.environment("T")))
    #expect(configuration.tokenService == nil)
  }

  private static let start = "{ endpoint: \"https://e\", "
  private static let oneOf =
    "must have one of environment: \"NAME\", file: \"PATH\" and command: [\"PROGRAM\", …]"
  private static let signInErrors: [(String, String)] = [
    (
      #"token: { file: "t" }, tokenService: { url: "https://t/", user: "u" } }"#,
      "c:1:33: token and tokenService exclude each other; give one of them"
    ),
    (#"token: { file: "t" } }"#, "c:1:1: displayName is missing: the name that others see"),
    (#"token: "eyJ" }"#, "c:1:33: token must be an object, not a text"),
    (#"token: { file: "a", environment: "b" } }"#, "c:1:33: token \(oneOf)"),
    (
      #"token: { command: [] } }"#,
      #"c:1:44: token.command must be a list, ["PROGRAM", "ARGUMENT", …], or a text for /bin/sh -c"#
    ),
    (
      #"token: { enviroment: "a" } }"#,
      #"c:1:35: there is no "enviroment" here; did you mean "environment"?"#
    ),
    (
      #"tokenService: { url: "https://t/", login: { header: "x" } } }"#,
      "c:1:68: tokenService.login \(oneOf)"
    ),
    (
      #"tokenService: { url: "https://t/", login: { deviceCode: { scope: "s" } } } }"#,
      "c:1:82: tokenService.login.deviceCode.clientId is missing: the id of the application that signs in"
    ),
    (
      #"tokenService: { url: "https://t/", login: { file: "f", deviceCode: {} } } }"#,
      "c:1:68: tokenService.login.deviceCode stands alone: it makes the header Authorization itself"
    ),
    (
      #"tokenService: { url: "https://t/", login: { deviceCode: { authority: "http://evil.example" } } } }"#,
      "c:1:95: tokenService.login.deviceCode.authority must be https:// for another machine: "
        + "tokens must not travel in clear text"
    ),
    (
      #"tokenService: { url: "https://t/", user: "u", method: "PATCH" } }"#,
      #"c:1:80: tokenService.method must be "GET", "POST" or "PUT", not "PATCH""#
    ),
  ]

  @Test("so does every error about signing in", arguments: signInErrors)
  func signInError(text: String, message: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try ClientConfiguration(text: Self.start + text, file: "c")
    }
    #expect(error?.description == message)
  }

  private static let tail = #"tokenService: { url: "https://t/", user: "u" } }"#

  @Test(
    "every error says file, line, column and what was expected",
    arguments: [
      ("", "c:1:1: expected a value, found the end of the file"),
      ("[]", "c:1:1: expected an object, found a list"),
      ("{\n  endpoint: 7 }", "c:2:13: endpoint must be a text, not a number"),
      ("{ }", "c:1:1: endpoint is missing"),
      ("{ endpoint: \"https://e\" }", "c:1:1: tokenService.url is missing"),
      (
        "{ endpoint: \"https://e\",\n  tokenService: { url: \"https://t\" } }",
        "c:2:17: tokenService.user is missing: the name by which the token service knows you"
      ),
      (
        "{ endpoint: \"ftp://e\", " + tail,
        "c:1:13: endpoint must begin with https:// or, on this machine, http://"
      ),
      (
        "{ endpoint: \"http://e.example\", " + tail,
        "c:1:13: endpoint must be https:// for another machine: tokens must not travel in clear text"
      ),
      (
        "{ endpoint: \"http://127.0.0.1.evil.example\", " + tail,
        "c:1:13: endpoint must be https:// for another machine: tokens must not travel in clear text"
      ),
      (
        "{ endpoint: \"https://a:b@e\", " + tail,
        "c:1:13: endpoint must not hold a user name or password"
      ),
      (
        "{ endpoint: \"https://e\",\n\tendpiont: 1, " + tail,
        "c:2:2: there is no \"endpiont\" here; did you mean \"endpoint\"?"
      ),
      (
        "{ endpoint: \"https://e\", polling: { open: \"fast\" }, " + tail,
        "c:1:43: polling.open must be a number of seconds from 1 to 60, not a text"
      ),
      (
        "{ endpoint: \"https://e\", history: { retentionDays: 0 }, " + tail,
        "c:1:52: history.retentionDays must be a number from 1 to 36500, not 0"
      ),
      (
        "{ endpoint: \"https://e\", history: { keep: \"disk\" }, " + tail,
        "c:1:43: history.keep must be true, false or \"memory\", not \"disk\""
      ),
      (
        "{ endpoint: \"https://e\", history: { keep: 1 }, " + tail,
        "c:1:43: history.keep must be true, false or \"memory\", not a number"
      ),
      (
        "{ endpoint: \"https://e\", polling: { open: 0.2 }, " + tail,
        "c:1:43: polling.open must be a number of seconds from 1 to 60, not 0.2"
      ),
      (
        "{ endpoint: \"https://e\", realtime: \"on\", " + tail,
        "c:1:36: realtime must be \"auto\" or \"off\", not \"on\""
      ),
      (
        "{ endpoint: \"https://e\", realtime: true, " + tail,
        "c:1:36: realtime must be a text, not true or false"
      ),
      (
        "{ endpoint: \"https://e\", scopes: [\"chat\", 5], " + tail,
        "c:1:43: scopes[1] must be a text, not a number"
      ),
      (
        "{ endpoint: \"https://e\", scopes: [\"chat\", \"voice\"], " + tail,
        "c:1:43: there is no scope \"voice\"; "
          + "known are chat, chat.join, chat.join.limited, voip, voip.join"
      ),
      (
        "{ endpoint: \"https://e\", scopes: [], " + tail,
        "c:1:34: scopes must name at least one scope"
      ),
      (
        "{ endpoint: \"https://e\", gateway: \"ws://e.example\", " + tail,
        "c:1:35: gateway must be wss:// for another machine: tokens must not travel in clear text"
      ),
      (
        "{ endpoint: \"wss://e\", " + tail,
        "c:1:13: endpoint must begin with https:// or, on this machine, http://"
      ),
      ("{ endpoint \"https://e\" }", "c:1:12: expected ':' after \"endpoint\", found '\"'"),
      ("{ endpoint: \"https://e\"\n  scopes: [] }", "c:2:3: expected ',' or '}', found 's'"),
      ("{ endpoint: \"https://e }\n}", "c:1:13: this text is not closed by \""),
      ("{ /* never\nclosed }", "c:1:3: this comment is not closed by */"),
      ("{ a: 1, a: 2 }", "c:1:9: \"a\" stands here twice"),
      ("{ endpoint: ", "c:1:13: expected a value, found the end of the file"),
      ("{} {}", "c:1:4: expected the end of the file, found '{'"),
    ])
  func errors(text: String, message: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try ClientConfiguration(text: text, file: "c")
    }
    #expect(error?.description == message)
  }

  @Test("deep nesting is refused, not followed")
  func depth() {
    let error = #expect(throws: ConfigurationError.self) {
      try ClientConfiguration(text: String(repeating: "[", count: 100_000), file: "c")
    }
    #expect(error?.message == "this is nested too deeply")
  }

  @Test("no prefix of the example traps, and none but the whole is taken")
  func prefixes() {
    let text = ClientConfiguration.example
    for count in 0..<text.count {
      #expect(throws: ConfigurationError.self) {
        try ClientConfiguration(text: String(text.prefix(count)), file: "c")
      }
    }
  }
}
