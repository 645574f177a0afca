public import ACSTypes
public import Services
import Synchronization

/// Keeps the steps of the token flow, and tells what is wrong with their order.
public final class StepRecorder: TokenFlowObserver {
  private struct State {
    var steps: [TokenFlowStep] = []
    var anomalies: [String] = []
  }

  private let state = Mutex(State())

  /// A recorder of nothing yet.
  public init() {}

  /// The steps in the order of their beginning, each as reported last.
  public var steps: [TokenFlowStep] { state.withLock { $0.steps } }

  /// Steps that ended without a beginning, or twice, or began twice, or whose ids do not rise.
  public var anomalies: [String] { state.withLock { $0.anomalies } }

  /// Keeps a step.
  public func record(_ step: TokenFlowStep) {
    state.withLock { state in
      if let index = state.steps.firstIndex(where: { $0.id == step.id }) {
        if state.steps[index].outcome != nil || step.outcome == nil {
          state.anomalies.append("Step \(step.id) was reported once too often: \(step.title)")
        }
        state.steps[index] = step
      } else {
        if step.outcome != nil || step.took != nil {
          state.anomalies.append("Step \(step.id) ended without a beginning: \(step.title)")
        }
        if let last = state.steps.last, last.id >= step.id {
          state.anomalies.append("Step \(step.id) came after \(last.id).")
        }
        state.steps.append(step)
      }
    }
  }
}
