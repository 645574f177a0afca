import Executor
import Synchronization

/// The signal that asks a command to stop while it still has something to tidy up.
///
/// The first one stops what may be stopped; at the second one the program ends at once.
final class Interruption: Sendable {
  /// Thrown by a step that was stopped.
  struct Stopped: Error {}

  private struct State {
    var signal: Int32?
    var waiters: [AsyncStream<Void>.Continuation] = []
  }

  private let state = Mutex(State())

  /// The signal that came.
  var signal: Int32? { state.withLock { $0.signal } }

  /// Keeps the signals from ending the program, and watches for them; call it before any other thread is started.
  func hold() {
    SignalSet.ending.block()
    PosixThread(name: "signals") {
      self.raise(SignalSet.ending.next())
      ProgramEnd.leave(by: SignalSet.ending.next())
    }.detach()
  }

  /// A signal came.
  func raise(_ signal: Int32) {
    let waiters = state.withLock { state in
      state.signal = signal
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.finish() }
  }

  /// Runs `step` until it ends or a signal comes, which cancels it.
  ///
  /// - Throws: ``Stopped``, or the step's own error.
  func stoppable<Success: Sendable>(
    _ step: @escaping @Sendable () async throws -> Success
  ) async throws -> Success {
    guard signal == nil else { throw Stopped() }
    let result = await withTaskGroup(of: Result<Success, any Error>.self) { group in
      group.addTask {
        do {
          return .success(try await step())
        } catch {
          return .failure(error)
        }
      }
      group.addTask {
        await self.raised()
        return .failure(Stopped())
      }
      defer { group.cancelAll() }
      return await group.next() ?? .failure(Stopped())
    }
    // A step that was cancelled says so in words of its own.
    guard signal == nil else { throw Stopped() }
    return try result.get()
  }

  /// Returns when a signal came or the task is cancelled.
  private func raised() async {
    let (stream, waiter) = AsyncStream<Void>.makeStream()
    state.withLock { state in
      if state.signal == nil { state.waiters.append(waiter) } else { waiter.finish() }
    }
    for await _ in stream {}
  }
}
