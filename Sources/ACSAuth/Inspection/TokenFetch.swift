public import ACSTypes
public import Services
import Synchronization

/// Asks a token service once, for somebody who wants to see how that goes; an expired token is an outcome like others.
public struct TokenFetch: Sendable {
  private let source: @Sendable (TokenFlow) throws -> any TokenSource
  private let clock: any WallClock
  private let random: any RandomSource

  /// A fetch that has not begun.
  ///
  /// - Parameters:
  ///   - clock: Tells what has expired.
  ///   - random: Makes the jitter of the renewal that is told.
  ///   - source: Where the token comes from, given the flow that its steps are told to.
  public init(
    clock: any WallClock, random: any RandomSource,
    source: @escaping @Sendable (TokenFlow) throws -> any TokenSource
  ) {
    self.source = source
    self.clock = clock
    self.random = random
  }

  /// Asks, and reports each step to `stepEnded` when it is over.
  public func run(
    stepEnded: @escaping @Sendable (TokenFlowStep) -> Void = { _ in }
  ) async -> TokenReport {
    let ended = EndedSteps(stepEnded)
    let flow = TokenFlow(observer: ended, clock: clock)
    do {
      let source = try source(flow)
      let token = try await source.fetch(renewing: nil, mayPrompt: true)
      let now = clock.now
      let renewOn = read(token, isRenewable: source.isRenewable, now: now, flow: flow)
      return TokenReport(
        steps: ended.steps, result: .success(token), renewOn: renewOn, now: now)
    } catch {
      let failure = ServiceError(error, during: "fetching a token")
      return TokenReport(
        steps: ended.steps, result: .failure(failure), renewOn: nil, now: clock.now)
    }
  }

  /// - Returns: When a client would renew the token; `nil` for an expired one.
  private func read(
    _ token: UserAccessToken, isRenewable: Bool, now: Timestamp, flow: TokenFlow
  ) -> Timestamp? {
    let step = flow.begin(.claims, "Read the token's claims")
    let details = token.claimLines(now: now, known: nil)
    guard token.effectiveExpiry > now else {
      flow.end(step, details: details, outcome: .failed("The token has expired."))
      return nil
    }
    guard isRenewable else {
      flow.end(step, details: details + ["renewal  by nobody"])
      return token.effectiveExpiry
    }
    let schedule = RenewalSchedule(
      expiresOn: token.effectiveExpiry, now: now, random: random.next())
    flow.end(step, details: details + ["renewal  in \((schedule.renewOn - now).words)"])
    return schedule.renewOn
  }
}

/// Keeps the steps that are over.
private final class EndedSteps: TokenFlowObserver {
  private let ended: @Sendable (TokenFlowStep) -> Void
  private let kept = Mutex<[TokenFlowStep]>([])

  init(_ ended: @escaping @Sendable (TokenFlowStep) -> Void) {
    self.ended = ended
  }

  var steps: [TokenFlowStep] { kept.withLock { $0 } }

  func record(_ step: TokenFlowStep) {
    guard step.outcome != nil else { return }
    kept.withLock { $0.append(step) }
    ended(step)
  }
}
