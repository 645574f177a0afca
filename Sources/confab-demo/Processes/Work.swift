import ACSTypes
import ArgumentTable
import Executor
import Services

/// Something asynchronous for which the main thread waits, open to signals meanwhile.
struct Work<Success: Sendable> {
  /// The thread that sees it through; to be joined.
  let thread: PosixThread
  private let outcome = Signal<Result<Success, DemoError>?>(nil)

  /// Begins with `operation` on `executor`.
  init(
    on executor: PosixExecutor, watch: Watch,
    _ operation: @escaping @Sendable () async throws -> Success
  ) {
    thread = PosixThread(name: "work") { [outcome] in
      let result = executor.run {
        do {
          return Result<Success, DemoError>.success(try await operation())
        } catch {
          return .failure(DemoError(error))
        }
      }
      outcome.withLock { $0 = result }
      watch.wake()
    }
  }

  /// Waits for its end; a signal that ends the demo ends the waiting, too.
  func wait(_ watch: Watch) throws(DemoError) -> Success {
    let result = watch.wait { interruption in
      interruption.map { .failure(DemoError(interruptedBy: $0)) } ?? outcome.withLock { $0 }
    }
    return try result.get()
  }
}

extension DemoError {
  /// A server refused something, or is not there.
  fileprivate init(_ error: any Error) {
    let message =
      switch error {
      case let error as ServiceError: error.message
      case let error as TransportError: error.message
      default: "\(error)"
      }
    self.init(.unavailable, message)
  }
}
