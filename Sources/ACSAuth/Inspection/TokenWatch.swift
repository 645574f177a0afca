public import ACSTypes
public import Services

/// Keeps a token usable for somebody who wants to see how that goes, for as long as they watch.
public struct TokenWatch: Sendable {
  /// What there is to see.
  public enum Event: Sendable {
    /// A step is over.
    case step(TokenFlowStep)
    /// A token came.
    case token(Session)
    /// No token came; it is tried again after this long, or not at all.
    case failed(ServiceError, retryAfter: Duration?)
  }

  /// A clock may be set, and a computer sleep: the time is looked at again at least this often.
  private static let longestWait = Duration.seconds(60)

  private let clock: any WallClock
  private let random: any RandomSource
  private let timer: any Timer
  private let source: @Sendable (TokenFlow) throws -> any TokenSource

  /// A watch that has not begun.
  ///
  /// - Parameters:
  ///   - clock: Tells what has expired.
  ///   - random: Spreads renewals and tries.
  ///   - timer: Waits for the next of them.
  ///   - source: Where tokens come from, given the flow that its steps are told to.
  public init(
    clock: any WallClock, random: any RandomSource, timer: any Timer,
    source: @escaping @Sendable (TokenFlow) throws -> any TokenSource
  ) {
    self.clock = clock
    self.random = random
    self.timer = timer
    self.source = source
  }

  /// Fetches and renews until its task is cancelled, or nothing more can be done without a person.
  ///
  /// - Returns: Why it ended; `nil` when it was cancelled.
  public func run(_ told: @escaping @Sendable (Event) -> Void) async -> ServiceError? {
    let flow = TokenFlow(observer: ToldSteps(told), clock: clock)
    let credential: UserTokenCredential
    do {
      credential = UserTokenCredential(
        source: try source(flow), displayName: "", clock: clock, random: random, flow: flow)
    } catch {
      return ServiceError(error, during: "watching the token")
    }
    var attempts = 0
    while !Task.isCancelled {
      do {
        let session = try await credential.renew()
        attempts = 0
        told(.token(session))
        try await wait(until: session.renewOn)
      } catch is CancellationError {
        return nil
      } catch {
        let failure = ServiceError(error, during: "watching the token")
        guard failure.code != .cancelled else { return nil }
        attempts += 1
        let delay = failure.code == .badSettings ? nil : delay(after: failure, attempts)
        told(.failed(failure, retryAfter: delay))
        guard let delay else { return failure }
        guard (try? await wait(until: clock.now + delay)) != nil else { return nil }
      }
    }
    return nil
  }

  private func delay(after error: ServiceError, _ attempts: Int) -> Duration? {
    let fraction = random.fraction()
    return BackOff.delay(
      after: error, attempts: attempts, isSlow: error.isAuthFailure, fraction: fraction)
  }

  private func wait(until moment: Timestamp) async throws {
    while case let left = moment - clock.now, left > .zero {
      try await timer.wait(min(left, TokenWatch.longestWait))
    }
  }
}

/// Passes on the steps that are over.
private struct ToldSteps: TokenFlowObserver {
  let told: @Sendable (TokenWatch.Event) -> Void

  init(_ told: @escaping @Sendable (TokenWatch.Event) -> Void) {
    self.told = told
  }

  func record(_ step: TokenFlowStep) {
    if step.outcome != nil { told(.step(step)) }
  }
}
