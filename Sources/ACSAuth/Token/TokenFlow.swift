public import ACSTypes
public import Services
import Synchronization

/// Numbers and times the steps of the token flow and passes them on; one for the whole program.
public final class TokenFlow: Sendable {
  private let observer: any TokenFlowObserver
  private let clock: any WallClock
  private let lastID = Mutex(0)

  /// A flow that nobody has begun.
  public init(observer: any TokenFlowObserver, clock: any WallClock) {
    self.observer = observer
    self.clock = clock
  }

  /// Reports that a step begins.
  ///
  /// - Parameters:
  ///   - kind: Which step it is.
  ///   - title: What is done, without secrets.
  ///   - details: What is known of it before it ends.
  ///   - startedOn: When it began; `nil` for now.
  /// - Returns: The step, for ``end(_:status:details:outcome:)``.
  public func begin(
    _ kind: TokenFlowStep.Kind, _ title: String, details: [String] = [],
    startedOn: Timestamp? = nil
  ) -> TokenFlowStep {
    let id = lastID.withLock { id in
      id += 1
      return id
    }
    let step = TokenFlowStep(
      id: id, kind: kind, title: title, startedOn: startedOn ?? clock.now, details: details)
    observer.record(step)
    return step
  }

  /// Reports that `step` is over; `details` come after those with which it began.
  public func end(
    _ step: TokenFlowStep, status: Int? = nil, details: [String] = [],
    outcome: TokenFlowStep.Outcome = .succeeded
  ) {
    var step = step
    step.status = status
    step.took = max(.zero, clock.now - step.startedOn)
    step.details += details
    step.outcome = outcome
    observer.record(step)
  }
}
