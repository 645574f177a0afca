import ACSTypes
import ACSWire
public import Services
import Synchronization

/// A login by Microsoft Entra's device code flow: somebody types a code into a browser once; from then on a kept refresh
/// token gets each access token, until the authority refuses it.
public final class DeviceCodeLogin: TokenServiceLogin {
  /// An access token is used no longer than until this much is left of it, or a tenth of its life.
  private static let lead = Duration.seconds(120)

  /// How long another program may take to keep what it got.
  private static let otherProgram = Duration.seconds(1)

  private struct Access {
    var token: Secret
    var until: Timestamp
  }

  private let settings: DeviceCodeSettings
  private let requests: DeviceCodeRequests
  private let exchange: any HTTPExchange
  private let store: any SecretStore
  private let prompter: any SignInPrompter
  private let clock: any WallClock
  private let timer: any Timer
  private let flow: TokenFlow
  private let access = Mutex<Access?>(nil)

  /// A login; nothing is sent yet.
  ///
  /// - Parameters:
  ///   - settings: Where and as what to sign in.
  ///   - exchange: Reaches the authority.
  ///   - store: Keeps the refresh token.
  ///   - prompter: Shows the code.
  ///   - clock: Tells what has expired.
  ///   - timer: Waits between polls.
  ///   - flow: Is told each step.
  /// - Throws: `ServiceError` with code `.badSettings`.
  public init(
    settings: DeviceCodeSettings, exchange: any HTTPExchange, store: any SecretStore,
    prompter: any SignInPrompter, clock: any WallClock, timer: any Timer, flow: TokenFlow
  ) throws {
    self.settings = settings
    requests = try DeviceCodeRequests(settings)
    self.exchange = exchange
    self.store = store
    self.prompter = prompter
    self.clock = clock
    self.timer = timer
    self.flow = flow
  }

  /// Where somebody signs in.
  public var words: String { "the sign-in at \(requests.shownURL)" }

  /// Where the refresh token is kept.
  public var place: String { store.place(of: settings.storeName) }

  /// An access token: the one at hand, one by the refresh token, else one by a code that somebody types in.
  public func proof(mayPrompt: Bool) async throws -> LoginProof {
    if let access = access.withLock({ $0 }), clock.now < access.until { return proof(access.token) }
    if let token = try await renewed() { return proof(token) }
    guard mayPrompt else { throw ServiceError.nobodySignedIn }
    return proof(try await signedIn())
  }

  /// Drops the access token; the next one comes from the refresh token.
  public func refused(_ proof: LoginProof) {
    access.withLock { if let token = $0?.token, self.proof(token) == proof { $0 = nil } }
  }

  /// Forgets the refresh token and the access token.
  ///
  /// - Returns: False when none was kept.
  /// - Throws: `ServiceError` when it cannot be removed.
  public func logOut() throws -> Bool {
    access.withLock { $0 = nil }
    return try store.remove(settings.storeName)
  }

  private func proof(_ token: Secret) -> LoginProof {
    LoginProof(name: "Authorization", value: Secret("Bearer \(token.reveal())"))
  }

  // MARK: With the refresh token

  /// - Returns: `nil` when somebody has to sign in.
  private func renewed() async throws -> Secret? {
    guard let kept = try store.read(settings.storeName).flatMap({ KeptLogin($0) }) else {
      return nil
    }
    if let token = try await renewed(with: kept) { return token }
    // Another program of the same user may have renewed it at the same time, and be about to keep the new one. The
    // old one is left where it is, so that the new one is never removed in its place.
    for pause in [Duration.zero, DeviceCodeLogin.otherProgram] {
      try await timer.wait(pause)
      let newer = try store.read(settings.storeName).flatMap { KeptLogin($0) }
      if let newer, newer != kept { return try await renewed(with: newer) }
    }
    return nil
  }

  /// - Returns: `nil` when the authority takes the refresh token no longer.
  private func renewed(with kept: KeptLogin) async throws -> Secret? {
    let action = "renewing the sign-in at \(requests.shownURL)"
    let request = requests.renewal(kept.refreshToken)
    let step = flow.begin(
      .login, "POST \(requests.shownURL)/token", details: ["grant  refresh_token"])
    let response = try await sent(request, step, during: action)
    switch AuthorityAnswer(response, during: action) {
    case .granted(let grant):
      flow.end(step, status: response.status, details: [lifeLine(grant)])
      return take(grant)
    case .refused(let error, let words):
      let failure = ServiceError.refusedByAuthority(error, words)
      guard ["invalid_grant", "interaction_required", "login_required"].contains(error) else {
        flow.end(step, status: response.status, outcome: .failed(failure.message))
        throw failure
      }
      flow.end(
        step, status: response.status,
        outcome: .failed(
          "The refresh token is no longer taken; somebody has to sign in again. \(words)"))
      return nil
    case .unreadable(let error):
      flow.end(step, status: response.status, outcome: .failed(error.message))
      throw error
    }
  }

  // MARK: With a code

  private func signedIn() async throws -> Secret {
    let code = try await code()
    prompter.show(code.prompt)
    defer { prompter.show(nil) }
    let step = flow.begin(
      .login, "Wait for somebody to sign in",
      details: [
        "at  \(code.prompt.verificationURL)", "until  \(code.prompt.expiresOn.iso8601)",
      ])
    do {
      let grant = try await granted(code)
      flow.end(step, details: [lifeLine(grant)])
      return take(grant)
    } catch {
      let failure = ServiceError(error, during: "waiting for somebody to sign in")
      flow.end(step, outcome: .failed(failure.message))
      throw failure
    }
  }

  private func code() async throws -> DeviceCode {
    let action = "asking for a sign-in code at \(requests.shownURL)"
    let step = flow.begin(
      .login, "POST \(requests.shownURL)/devicecode", details: ["scope  \(settings.wholeScope)"])
    let response = try await sent(requests.code, step, during: action)
    do {
      let code = try DeviceCode(response, now: clock.now, during: action)
      flow.end(step, status: response.status)
      return code
    } catch {
      let failure = ServiceError(error, during: action)
      flow.end(step, status: response.status, outcome: .failed(failure.message))
      throw failure
    }
  }

  private func granted(_ code: DeviceCode) async throws -> AuthorityAnswer.Grant {
    let action = "asking for the sign-in at \(requests.shownURL)"
    var polling = DeviceCodePolling(interval: code.interval, expiresOn: code.prompt.expiresOn)
    var instruction = polling.began(now: clock.now)
    while true {
      switch instruction {
      case .use(let grant): return grant
      case .fail(let error): throw error
      case .poll(let pause):
        try await timer.wait(pause)
        do {
          let response = try await exchange.exchange(requests.poll(code.secret))
          instruction = polling.answered(
            AuthorityAnswer(response, during: action), now: clock.now)
        } catch {
          instruction = polling.stumbled(ServiceError(error, during: action), now: clock.now)
        }
      }
    }
  }

  // MARK: Both

  private func take(_ grant: AuthorityAnswer.Grant) -> Secret {
    let lead = min(DeviceCodeLogin.lead, grant.life / 10)
    access.withLock {
      $0 = Access(token: grant.accessToken, until: clock.now + grant.life - lead)
    }
    if let refreshToken = grant.refreshToken { keep(KeptLogin(refreshToken: refreshToken)) }
    return grant.accessToken
  }

  /// A sign-in that cannot be kept still serves this run.
  private func keep(_ login: KeptLogin) {
    let step = flow.begin(.login, "Keep the sign-in", details: ["file  \(place)"])
    do {
      try store.write(login.text(for: settings, now: clock.now), as: settings.storeName)
      flow.end(step)
    } catch {
      let failure = ServiceError(error, during: "keeping the sign-in")
      flow.end(step, outcome: .failed(failure.message))
    }
  }

  private func sent(
    _ request: HTTPRequest, _ step: TokenFlowStep, during action: String
  ) async throws -> HTTPResponse {
    do {
      return try await exchange.exchange(request)
    } catch {
      let failure = ServiceError(error, during: action)
      flow.end(step, status: failure.status, outcome: .failed(failure.message))
      throw failure
    }
  }

  private func lifeLine(_ grant: AuthorityAnswer.Grant) -> String {
    "access  for \(grant.life.words)"
  }
}

extension ServiceError {
  /// A renewal found nobody signed in, and may not ask.
  static let nobodySignedIn = ServiceError(
    .signInNeeded, "Somebody has to sign in again.", serviceCode: "interaction_required")
}
