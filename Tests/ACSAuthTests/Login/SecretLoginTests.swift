import ACSTypes
import Services
import TestKit
import Testing

@testable import ACSAuth

@Suite("SecretLogin and GivenToken")
struct SecretLoginTests {
  static let url = "http://127.0.0.1:7760/token?user=Alice&scope=chat,voip"
  static let call = ProgramCall("my-login", ["--print"], timeout: .seconds(30))

  let clock = ManualClock()
  let recorder = StepRecorder()
  let secrets = ScriptedSecrets(
    environment: ["LOGIN": "Bearer variable"], files: ["/key": "file-secret"])

  private func flow() -> TokenFlow { TokenFlow(observer: recorder, clock: clock) }

  private func login(
    _ source: SecretSource, header: String = "Authorization", programs: ScriptedPrograms = .init()
  ) -> SecretLogin {
    SecretLogin(
      header: header, source: source, reader: SecretReader(local: secrets, programs: programs),
      clock: clock, flow: flow())
  }

  private func printed(_ output: String, code: Int32 = 0, errors: String = "")
    -> Result<ProgramResult, ProgramError>
  {
    .success(
      ProgramResult(
        exitCode: code, output: Array(output.utf8), errorOutput: Array(errors.utf8)))
  }

  @Test("the value comes from a variable, a file or a command, anew each time")
  func sources() async throws {
    let variable = login(.environment("LOGIN"))
    #expect(try await variable.proof(mayPrompt: false).value.reveal() == "Bearer variable")
    secrets.set("LOGIN", to: "Bearer newer")
    #expect(try await variable.proof(mayPrompt: false).value.reveal() == "Bearer newer")
    let file = try await login(.file("/key"), header: "x-key").proof(mayPrompt: false)
    #expect(file == LoginProof(name: "x-key", value: Secret("file-secret")))
    let programs = ScriptedPrograms([printed(" Basic abc\n"), printed("Basic def\n")])
    let command = login(.command(Self.call), programs: programs)
    #expect(try await command.proof(mayPrompt: false).value.reveal() == "Basic abc")
    #expect(try await command.proof(mayPrompt: false).value.reveal() == "Basic def")
    #expect(programs.calls == [Self.call, Self.call])
    #expect(!"\(recorder.steps)".contains("abc") && !"\(recorder.steps)".contains("variable\""))
  }

  /// What a command prints, the header's value, and for how many seconds it is kept.
  @Test(
    "a command's JSON is a bearer token, kept until a minute before its end",
    arguments: [
      (#"{"token":"t","expiresOn":"2026-11-21T03:29:57Z"}"#, 3540),
      (#"{"token":"t","expiresOn":"2026-11-21T03:29:57.0000000+00:00"}"#, 3540),
      (
        #"{"accessToken":"t","expires_on":1795231797,"expiresOn":"2026-11-21 05:29:57.000000"}"#,
        3540
      ),
      (#"{"token":"t"}"#, 0),
    ])
  func json(output: String, kept: Int64) async throws {
    let programs = ScriptedPrograms([printed(output), printed(output)])
    let login = login(.command(Self.call), programs: programs)
    #expect(try await login.proof(mayPrompt: false).value.reveal() == "Bearer t")
    if kept > 0 {
      clock.advance(by: .seconds(kept - 1))
      _ = try await login.proof(mayPrompt: false)
      #expect(programs.calls.count == 1)
      clock.advance(by: .seconds(1))
    }
    _ = try await login.proof(mayPrompt: false)
    #expect(programs.calls.count == 2)
  }

  @Test("under another header, a command's token stands alone; a refused one is fetched anew")
  func otherHeader() async throws {
    let programs = ScriptedPrograms([
      printed(#"{"token":"t","expiresOn":"2030-01-01T00:00:00Z"}"#), printed(#"{"token":"u"}"#),
    ])
    let login = login(.command(Self.call), header: "x-token", programs: programs)
    let proof = try await login.proof(mayPrompt: false)
    #expect(proof.value.reveal() == "t")
    login.refused(proof)
    #expect(try await login.proof(mayPrompt: false).value.reveal() == "u")
  }

  private typealias Outcome = Result<ProgramResult, ProgramError>
  private static var failures: [(SecretSource, Outcome?, ServiceError.Code, String)] {
    [
      (
        SecretSource.environment("NONE"), nil, ServiceError.Code.badSettings,
        "The environment variable NONE is not set. Set it to the secret."
      ),
      (
        .file("/none"), nil, .badSettings,
        "The file /none is not there; it should hold a secret."
      ),
      (
        .command(call), .failure(ProgramError(.notFound, "my-login is not installed.")),
        .badSettings,
        #"The command "my-login" failed: my-login is not installed."#
      ),
      (
        .command(call), .failure(ProgramError(.timedOut, "too long")), .timedOut,
        """
        The command "my-login" did not end within 30 s and was killed. It gets no input; one that asks for something \
        waits for ever.
        """
      ),
      (
        .command(call),
        .success(
          ProgramResult(
            exitCode: 3, output: Array("hunter22\n".utf8),
            errorOutput: Array("no luck with hunter22\u{1B}[31m\n".utf8))), .authFailed,
        #"The command "my-login" ended with exit code 3. It said: "no luck with <redacted> [31m""#
      ),
      (
        .command(call), .success(ProgramResult(exitCode: 1, output: [])), .authFailed,
        #"The command "my-login" ended with exit code 1. It said nothing."#
      ),
      (
        .command(call), .success(ProgramResult(exitCode: 0, output: [0xFF])), .badSettings,
        #"The command "my-login" printed no text. It should print the secret on standard output."#
      ),
      (
        .command(call), .success(ProgramResult(exitCode: 0, output: Array("{}".utf8))),
        .badSettings,
        """
        The command "my-login" printed JSON without a token. It should print the header's value, or {"token": …, \
        "expiresOn": …}.
        """
      ),
      (
        .command(ProgramCall("/bin/sh", ["-c", "pass show x | head -1"], timeout: .seconds(30))),
        .success(ProgramResult(exitCode: 2, output: [])), .authFailed,
        #"The command "pass …" ended with exit code 2. It said nothing."#
      ),
    ]
  }

  @Test(
    "what is wrong with a source is told with its name, without what a command printed",
    arguments: failures.indices)
  func failure(index: Int) async {
    let (source, outcome, code, words) = Self.failures[index]
    let programs = ScriptedPrograms(outcome.map { [$0] } ?? [])
    let error = await #expect(throws: ServiceError.self) {
      try await login(source, programs: programs).proof(mayPrompt: false)
    }
    #expect(error == ServiceError(code, words))
    #expect(recorder.steps.last?.outcome == .failed(words))
  }

  @Test(
    "a token service that refuses the login is asked once more with another proof, if there is one")
  func refusedByTokenService() async throws {
    let jwt = UnsignedToken(expiresOn: clock.now + .seconds(3600)).text
    let programs = ScriptedPrograms([
      printed(#"{"token":"old","expiresOn":"2030-01-01T00:00:00Z"}"#), printed(#"{"token":"new"}"#),
    ])
    let exchange = ScriptedExchange([
      .answer("GET", Self.url, status: 401),
      .answer("GET", Self.url, body: #"{"token":"\#(jwt)"}"#),
    ])
    let client = try TokenServiceClient(
      settings: TokenServiceSettings(url: "http://127.0.0.1:7760/token", userName: "Alice"),
      login: login(.command(Self.call), programs: programs), exchange: exchange, flow: flow())
    #expect(try await client.fetch().token.reveal() == jwt)
    #expect(exchange.requests.map { $0.headers["Authorization"] } == ["Bearer old", "Bearer new"])
    #expect(!"\(recorder.steps)".contains("Bearer old"))
  }

  @Test("a login that is refused and has no other proof is told, with what the service asks for")
  func refusedForGood() async throws {
    let exchange = ScriptedExchange([
      .answer("GET", Self.url, status: 401, headers: ["WWW-Authenticate": "Bearer"])
    ])
    let client = try TokenServiceClient(
      settings: TokenServiceSettings(url: "http://127.0.0.1:7760/token", userName: "Alice"),
      login: login(.environment("LOGIN")), exchange: exchange, flow: flow())
    let error = await #expect(throws: ServiceError.self) { try await client.fetch() }
    #expect(error?.code == .unauthenticated)
    #expect(
      error?.message.hasSuffix(
        #"It asks for "Bearer". It does not take the environment variable LOGIN."#) == true)
    #expect(exchange.unmet == [] && exchange.anomalies == [])
  }

  @Test("header fields from elsewhere are read for each token")
  func headers() async throws {
    let jwt = UnsignedToken(expiresOn: clock.now + .seconds(3600)).text
    let line = ScriptedExchange.Line.answer("GET", Self.url, body: #"{"token":"\#(jwt)"}"#)
    let exchange = ScriptedExchange([line, line])
    let client = try TokenServiceClient(
      settings: TokenServiceSettings(
        url: "http://127.0.0.1:7760/token",
        headers: [
          .init(name: "x-key", source: .environment("LOGIN")),
          .init(name: "x-file", source: .file("/key")),
          .init(name: "x-user", value: Secret("{user}")),
        ], userName: "Alice"), secrets: SecretReader(local: secrets, programs: ScriptedPrograms()),
      exchange: exchange, flow: flow())
    _ = try await client.fetch()
    secrets.set("LOGIN", to: "another")
    _ = try await client.fetch()
    #expect(exchange.requests.map { $0.headers["x-key"] } == ["Bearer variable", "another"])
    #expect(exchange.requests.map { $0.headers["x-file"] } == ["file-secret", "file-secret"])
    #expect(exchange.requests.map { $0.headers["x-user"] } == ["Alice", "Alice"])
  }

  // MARK: A token given by hand

  private func given(_ text: String) -> GivenToken {
    secrets.set("TOKEN", to: text)
    return GivenToken(
      source: .environment("TOKEN"),
      reader: SecretReader(local: secrets, programs: ScriptedPrograms()), clock: clock, flow: flow()
    )
  }

  @Test("a token given by hand may be bare, behind Bearer, or a token service's answer")
  func givenShapes() async throws {
    let jwt = UnsignedToken(expiresOn: clock.now + .seconds(3600)).text
    for text in [jwt, "Bearer \(jwt)", #"{"token":"\#(jwt)"}"#] {
      let token = try await given(text).fetch(renewing: nil, mayPrompt: false)
      #expect(token.token.reveal() == jwt && token.identity.rawID == "8:acs:5d1c_alice")
    }
    #expect(!"\(recorder.steps)".contains(jwt))
  }

  @Test("what is no token, and one that has ended, is told with its place")
  func givenWrong() async {
    let old = UnsignedToken(expiresOn: clock.now - .seconds(1)).text
    let nobody = UnsignedToken(identity: nil, expiresOn: clock.now + .seconds(60)).text
    for (text, code, words) in [
      (
        "hunter22", ServiceError.Code.badSettings,
        "holds no user access token: This is no JSON Web Token"
      ),
      ("a b c", .badSettings, "holds no user access token: it is several words."),
      ("{}", .badSettings, "holds no user access token: The token service's answer has no token."),
      (nobody, .badSettings, "it does not tell whose it is"),
      (old, .signInNeeded, "ended 2026-11-21T02:29:56Z, and nobody renews it. Put a new one there"),
    ] {
      let error = await #expect(throws: ServiceError.self) {
        try await given(text).fetch(renewing: nil, mayPrompt: false)
      }
      #expect(error?.code == code)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
      #expect(error?.message.contains("environment variable TOKEN") == true)
      #expect(error?.message.contains("hunter22") == false)
    }
  }
}
