public import ACSTypes
public import Services
import Synchronization

/// A signed-in user's token, kept usable: what requests ask for it, and who renews it.
///
/// However many ask at once, one fetch runs; when the task that runs it is cancelled, another of those that wait takes
/// over. Nothing here waits for time to pass: when to call ``renew()`` is for the caller to decide, by the session's
/// `renewOn`.
public final class UserTokenCredential: SignIn {
  /// How a fetch ended, for those that wait for it.
  private enum Outcome: Sendable {
    case session(Session, Secret)
    case failed(ServiceError)
    /// Its task was cancelled; whoever still wants a token asks again.
    case calledOff
  }

  private struct State {
    var machine: TokenMachine
    /// Whose tokens came so far.
    var identity: CommunicationIdentifier?
    /// How many fetches are over, and how the last one ended.
    var fetches: (count: Int, last: Outcome) = (0, .calledOff)
    var waiting: [Int: CheckedContinuation<Outcome, Never>] = [:]
    var lastWaiter = 0
  }

  private let source: any TokenSource
  private let displayName: String
  private let clock: any WallClock
  private let random: any RandomSource
  private let flow: TokenFlow
  private let state: Mutex<State>

  /// A credential without a token yet.
  ///
  /// - Parameters:
  ///   - source: Where tokens come from.
  ///   - displayName: The user's name, for the sessions.
  ///   - clock: Tells what has expired.
  ///   - random: Spreads the renewals of many clients.
  ///   - flow: Is told the claims of each token; the same as the source's.
  public init(
    source: any TokenSource, displayName: String, clock: any WallClock,
    random: any RandomSource, flow: TokenFlow
  ) {
    self.source = source
    state = Mutex(State(machine: TokenMachine(isRenewable: source.isRenewable)))
    self.displayName = displayName
    self.clock = clock
    self.random = random
    self.flow = flow
  }

  /// A token for a request, fetched first when there is none or it is about to expire.
  ///
  /// Nobody is asked to sign in for it: that is for ``renew()``.
  ///
  /// - Throws: `ServiceError` of the token service when no usable token is left.
  public func token() async throws -> Secret {
    try await token { machine, now in machine.wanted(now: now) }
  }

  /// Whose tokens these are, fetching one when there is none; nobody is asked to sign in for it.
  ///
  /// - Throws: As ``token()`` does.
  public func signedIn() async throws -> CommunicationIdentifier {
    _ = try await token()
    guard let identity = state.withLock({ $0.identity }) else {
      throw ServiceError(.badAnswer, "The token names nobody.")
    }
    return identity
  }

  /// Another token, after the service answered 401 to `token`.
  ///
  /// - Throws: `ServiceError` with code `.authFailed` when the service refuses one fresh token after the other, and
  ///   `.signInNeeded` when it refuses the only one.
  public func token(insteadOf token: Secret) async throws -> Secret {
    try await self.token { machine, now in machine.refused(token, now: now) }
  }

  /// Takes note that the service took `token`.
  public func accepted(_ token: Secret) {
    state.withLock { $0.machine.accepted(token) }
  }

  /// Fetches a token however long the held one lives; callers at the same time share one fetch.
  ///
  /// Somebody may be asked to sign in for it.
  public func renew() async throws -> Session {
    while true {
      let (instruction, count) = state.withLock {
        ($0.machine.renewalWanted(), $0.fetches.count)
      }
      let isOurs = instruction == .fetch
      switch isOurs ? await fetch(mayPrompt: true) : await outcome(ofFetch: count) {
      case .session(let session, _): return session
      // A request's fetch may not ask somebody to sign in; ours may.
      case .failed(let error) where error.code == .signInNeeded && !isOurs: continue
      case .failed(let error): throw error
      case .calledOff: try throwIfOver(wasOurs: isOurs)
      }
    }
  }

  private func token(
    _ event: (inout TokenMachine, Timestamp) -> TokenMachine.Instruction
  ) async throws -> Secret {
    var (instruction, count) = state.withLock {
      (event(&$0.machine, clock.now), $0.fetches.count)
    }
    while true {
      let outcome: Outcome
      switch instruction {
      case .use(let token): return token.token
      case .fail(let error): throw error
      case .fetch: outcome = await fetch(mayPrompt: false)
      case .wait: outcome = await self.outcome(ofFetch: count)
      }
      if case .session(_, let token) = outcome { return token }
      if case .calledOff = outcome { try throwIfOver(wasOurs: instruction == .fetch) }
      // After a failure this is the held token while it lives, else the failure.
      (instruction, count) = state.withLock {
        ($0.machine.wanted(now: clock.now), $0.fetches.count)
      }
    }
  }

  /// Fetches until there is a token or no hope, and tells everybody who waits.
  private func fetch(mayPrompt: Bool) async -> Outcome {
    while true {
      let known = state.withLock { $0.identity }
      let outcome: Outcome?
      do {
        outcome = arrived(
          try await source.fetch(renewing: known, mayPrompt: mayPrompt), known: known)
      } catch {
        outcome = failed(ServiceError(error, during: "fetching a token"))
      }
      guard let outcome else { continue }
      let waiting = state.withLock { state in
        state.fetches = (state.fetches.count + 1, outcome)
        defer { state.waiting = [:] }
        return state.waiting
      }
      // In the order in which they came.
      for (_, continuation) in waiting.sorted(by: { $0.key < $1.key }) {
        continuation.resume(returning: outcome)
      }
      return outcome
    }
  }

  /// - Returns: `nil` when the token is of no use and another is to be fetched.
  private func arrived(
    _ token: UserAccessToken, known: CommunicationIdentifier?
  ) -> Outcome? {
    let step = flow.begin(.claims, "Read the token's claims")
    let now = clock.now
    let number = random.next()
    let (instruction, renewOn) = state.withLock { state in
      let instruction = state.machine.arrived(token, now: now, random: number)
      if case .use = instruction { state.identity = token.identity }
      return (instruction, state.machine.current?.renewOn)
    }
    let details = token.claimLines(now: now, known: known)
    guard case .use = instruction, let renewOn else {
      flow.end(step, details: details, outcome: .failed("The token is of no use: it has expired."))
      if case .fail(let error) = instruction { return .failed(error) }
      return nil
    }
    flow.end(step, details: details + ["renewal  in \((renewOn - now).words)"])
    let session = Session(
      identity: token.identity, displayName: displayName, scopes: token.claims?.scopes ?? [],
      issuedOn: token.claims?.issuedOn ?? now, expiresOn: token.effectiveExpiry, renewOn: renewOn)
    return .session(session, token.token)
  }

  private func failed(_ error: ServiceError) -> Outcome {
    let now = clock.now
    return state.withLock { state in
      guard error.code != .cancelled else {
        state.machine.calledOff()
        return .calledOff
      }
      _ = state.machine.failed(error, now: now)
      return .failed(error)
    }
  }

  /// Waits until more than `count` fetches are over; ends at once when that is so, or when this task is cancelled.
  private func outcome(ofFetch count: Int) async -> Outcome {
    let id = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let outcome = state.withLock { state -> Outcome? in
          if Task.isCancelled { return .calledOff }
          if state.fetches.count > count { return state.fetches.last }
          state.waiting[id] = continuation
          return nil
        }
        if let outcome { continuation.resume(returning: outcome) }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: .calledOff)
    }
  }

  /// After a fetch was called off: another task's is no reason to give up, unless this one is cancelled, too.
  private func throwIfOver(wasOurs: Bool) throws {
    if wasOurs || Task.isCancelled {
      throw ServiceError(.cancelled, "Fetching a token was cancelled.")
    }
  }
}
