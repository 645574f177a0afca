public import Services
import Synchronization

/// Programs that are not run: a test says how each call ends, in order.
///
/// A call that nobody expected fails as a program that is not installed, and is among ``calls``.
public final class ScriptedPrograms: ProgramRunner {
  private struct State {
    var outcomes: [Result<ProgramResult, ProgramError>]
    var calls: [ProgramCall] = []
  }

  private let state: Mutex<State>

  /// Programs that end as given.
  public init(_ outcomes: [Result<ProgramResult, ProgramError>] = []) {
    state = Mutex(State(outcomes: outcomes))
  }

  /// Every call, in order.
  public var calls: [ProgramCall] { state.withLock { $0.calls } }

  /// How many outcomes are still awaited.
  public var unmet: Int { state.withLock { $0.outcomes.count } }

  /// Plays the next outcome.
  public func run(_ call: ProgramCall) async throws(ProgramError) -> ProgramResult {
    let outcome = state.withLock { state in
      state.calls.append(call)
      return state.outcomes.isEmpty ? nil : state.outcomes.removeFirst()
    }
    guard let outcome else { throw ProgramError(.notFound, "\(call.program) is not installed.") }
    return try outcome.get()
  }
}
