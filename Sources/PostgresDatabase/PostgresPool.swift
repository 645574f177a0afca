import Executor
public import Services

/// Connections to one database, each with a thread of its own, for all tasks of a program.
///
/// What is done here must bear being done twice: when a connection breaks, and when the server restarts, it is tried
/// again until its deadline.
public final class PostgresPool: Sendable {
  /// How long something is tried, waiting for a free connection included.
  public static let patience = Duration.seconds(10)

  private let queue: Signal<PostgresQueue>

  /// Connects once, brings the tables up to date and starts the threads, which connect when they are needed.
  ///
  /// - Throws: `StoreError`; nothing is running then.
  public init(
    _ address: PostgresAddress, schema: PostgresSchema, connections: Int = 8
  ) throws(StoreError) {
    try schema.bringUp(PostgresConnection(address))
    let queue = Signal(PostgresQueue())
    self.queue = queue
    for _ in 0..<connections {
      PosixThread(name: "postgres") {
        PostgresWorker(address: address, queue: queue).run()
      }.detach()
    }
  }

  deinit {
    queue.change { $0.isStopping = true }
  }

  /// Does `body` on one of the connections, and tries it for so long.
  public func run<Success: Sendable>(
    for patience: Duration = PostgresPool.patience,
    _ body: @escaping @Sendable (PostgresConnection) throws(StoreError) -> Success
  ) async throws(StoreError) -> Success {
    let result = await withCheckedContinuation {
      (continuation: CheckedContinuation<Result<Success, StoreError>, Never>) in
      let job = PostgresJob(
        deadline: Monotonic.now + patience,
        perform: { connection throws(StoreError) in
          let success = try body(connection)
          continuation.resume(returning: .success(success))
        },
        fail: { continuation.resume(returning: .failure($0)) })
      queue.changeOne { $0.jobs.append(job) }
    }
    return try result.get()
  }
}
