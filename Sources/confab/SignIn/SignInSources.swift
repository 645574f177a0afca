import ACSAuth
import ACSTypes
import ChildPrograms
import Configuration
import Executor
import HTTPTransport
import LocalSecrets
import Services

/// Joins what the config file says of tokens to what brings them.
struct SignInSources: Sendable {
  /// Reaches the token service and the authority.
  let exchange: CurlExchange
  private let configuration: ClientConfiguration
  private let prompter: any SignInPrompter
  private let clock = SystemClock()
  private let secrets = SecretReader(local: ProcessSecrets(), programs: ChildProgramRunner())

  /// Opens nothing yet.
  init(_ configuration: ClientConfiguration, prompter: any SignInPrompter) {
    self.configuration = configuration
    self.prompter = prompter
    exchange = CurlExchange(certificateAuthority: configuration.certificateAuthority)
  }

  /// Where tokens come from; their steps are told to `flow`.
  ///
  /// - Throws: `ServiceError` with code `.badSettings` for settings that cannot work.
  func tokens(_ flow: ACSAuth.TokenFlow) throws -> any TokenSource {
    switch configuration.tokens {
    case .given(let secret):
      GivenToken(source: SecretSource(secret), reader: secrets, clock: clock, flow: flow)
    case .service(let service):
      try TokenServiceClient(
        settings: TokenServiceSettings(service, scopes: configuration.scopes),
        login: login(service, flow), secrets: secrets, exchange: exchange, flow: flow)
    }
  }

  /// How the user proves who they are; `nil` when nobody asks.
  ///
  /// - Throws: `ServiceError` with code `.badSettings` for settings that cannot work.
  func login(
    _ service: ClientConfiguration.TokenService, _ flow: ACSAuth.TokenFlow
  ) throws -> (any TokenServiceLogin)? {
    switch service.login {
    case nil: nil
    case .secret(let header, let secret):
      SecretLogin(
        header: header, source: SecretSource(secret), reader: secrets, clock: clock, flow: flow)
    case .deviceCode(let code): try deviceCode(code, user: service.user, flow)
    }
  }

  /// The sign-in by a code.
  ///
  /// - Throws: `ServiceError` with code `.badSettings` for settings that cannot work.
  func deviceCode(
    _ code: ConfiguredLogin.DeviceCode, user: String, _ flow: ACSAuth.TokenFlow
  ) throws -> DeviceCodeLogin {
    try DeviceCodeLogin(
      settings: DeviceCodeSettings(
        authority: code.authority ?? DeviceCodeSettings.standardAuthority,
        tenant: code.tenant ?? DeviceCodeSettings.standardTenant, clientID: code.clientID,
        scope: code.scope, userName: user),
      exchange: exchange, store: SecretFolder.standard("login"), prompter: prompter, clock: clock,
      timer: SystemTimer(), flow: flow)
  }
}

extension ClientConfiguration {
  /// Where tokens come from, for the screen.
  var tokenPlace: String {
    switch tokens {
    case .service(let service): service.url
    case .given(let secret): SecretSource(secret).words
    }
  }
}

extension TokenServiceSettings {
  fileprivate init(_ service: ClientConfiguration.TokenService, scopes: [String]) {
    let method: Method =
      switch service.method {
      case .get: .get
      case .post: .post
      case .put: .put
      }
    self.init(
      url: service.url, method: method,
      query: service.query?.map { QueryMember(name: $0.name, value: $0.value) },
      headers: service.headers.map(Header.init), body: service.body, userName: service.user,
      scopes: scopes.map(TokenScope.init), refreshURL: service.refreshURL)
  }
}

extension TokenServiceSettings.Header {
  fileprivate init(_ header: ClientConfiguration.Header) {
    switch header.source {
    case .text(let text): self.init(name: header.name, value: Secret(text))
    case .secret(let secret): self.init(name: header.name, source: SecretSource(secret))
    }
  }
}

extension SecretSource {
  fileprivate init(_ secret: ConfiguredSecret) {
    func call(_ words: [String]) -> SecretSource {
      .command(
        ProgramCall(words[0], Array(words.dropFirst()), timeout: SecretReader.commandTimeout))
    }
    switch secret {
    case .environment(let name): self = .environment(name)
    case .file(let path): self = .file(path)
    case .program(let words): self = call(words)
    case .shell(let line): self = call(["/bin/sh", "-c", line])
    }
  }
}
