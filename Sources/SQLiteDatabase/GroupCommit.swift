public import Services
import Synchronization

/// A database that many tasks use at once: reads go to it directly, writes that come together share one commit.
///
/// The task whose write finds nobody at work does the work of all who wait meanwhile, so an idle database answers on
/// the caller's own thread and a busy one pays for the disk once a group.
public final class GroupCommit: Sendable {
  /// One write, and what becomes of it but for its result.
  private typealias Job = @Sendable (SQLiteConnection) throws(StoreError) -> Void

  /// What a task that waited is told.
  private enum Turn {
    /// Its write was committed, or failed.
    case done(StoreError?)
    /// It is to commit its own write and those of all who wait.
    case lead
  }

  private struct Waiter {
    var job: Job
    var continuation: CheckedContinuation<Turn, Never>
  }

  private struct Queue {
    var isLed = false
    var waiters: [Waiter] = []
  }

  private let queue = Mutex(Queue())
  private let writer: SharedConnection
  /// The writer in memory, where there is one connection for both.
  private let reader: SharedConnection

  /// Opens the file at `path`, made when absent, or a database in memory for `nil`.
  ///
  /// Other processes may use the file at the same time.
  ///
  /// - Parameters:
  ///   - path: Where it is.
  ///   - schema: What it is.
  ///   - preparing: Brings up the file beyond the schema's statements, before anybody uses this.
  /// - Throws: `StoreError`; the file is not changed then but by `preparing`.
  public init(
    path: String?, schema: SQLiteSchema,
    preparing: (SQLiteConnection) throws(StoreError) -> Void = { _ in }
  ) throws(StoreError) {
    writer = try SharedConnection(path: path, schema: schema, access: .shared)
    try writer.use(preparing)
    reader =
      path == nil
      ? writer : try SharedConnection(path: path, schema: schema, access: .readOnly)
  }

  /// Opens the file at `path` to be read only, beside whoever writes it; a write fails.
  public init(reading path: String, schema: SQLiteSchema) throws(StoreError) {
    writer = try SharedConnection(path: path, schema: schema, access: .readOnly)
    reader = writer
  }

  /// Reads on the calling thread what was committed.
  public func read<Success: Sendable>(
    _ body: (SQLiteConnection) throws(StoreError) -> Success
  ) throws(StoreError) -> Success {
    try reader.use(body)
  }

  /// Does `body` whole or not at all; what it wrote is on the disk when this returns.
  ///
  /// Another write that fails takes nothing of this one along.
  @discardableResult
  public func write<Success: Sendable>(
    _ body: @escaping @Sendable (SQLiteConnection) throws(StoreError) -> Success
  ) async throws(StoreError) -> Success {
    let place = Place<Success>()
    let job: Job = { connection throws(StoreError) in place.put(try body(connection)) }
    let failure =
      switch await turn(job) {
      case .done(let failure): failure
      case .lead: lead(job)
      }
    guard failure == nil, let success = place.take() else {
      throw failure ?? StoreError(.unusable, "A write did not come about.")
    }
    return success
  }

  /// Brings what was written into the file itself and empties the log of changes, so that what was deleted is nowhere.
  ///
  /// While somebody reads, the rest of it waits for the next time.
  public func settle() throws(StoreError) {
    try writer.use { connection throws(StoreError) in
      _ = try connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  private func turn(_ job: @escaping Job) async -> Turn {
    if queue.withLock({ $0.isLed.becomeTrue() }) { return .lead }
    return await withCheckedContinuation { continuation in
      let leads = queue.withLock { queue in
        if queue.isLed.becomeTrue() { return true }
        queue.waiters.append(Waiter(job: job, continuation: continuation))
        return false
      }
      if leads { continuation.resume(returning: .lead) }
    }
  }

  /// Commits `job` with those of all who wait, and passes the lead on.
  private func lead(_ job: @escaping Job) -> StoreError? {
    let others = queue.withLock { queue in
      defer { queue.waiters = [] }
      return queue.waiters
    }
    let failures = commit([job] + others.map(\.job))
    let next = queue.withLock { queue -> Waiter? in
      guard queue.waiters.isEmpty else { return queue.waiters.removeFirst() }
      queue.isLed = false
      return nil
    }
    next?.continuation.resume(returning: .lead)
    for (waiter, failure) in zip(others, failures.dropFirst()) {
      waiter.continuation.resume(returning: .done(failure))
    }
    return failures.first ?? nil
  }

  private func commit(_ jobs: [Job]) -> [StoreError?] {
    do throws(StoreError) {
      return try writer.use { connection throws(StoreError) in
        try connection.transaction { () throws(StoreError) in
          jobs.map { GroupCommit.failure(of: $0, connection) }
        }
      }
    } catch {
      return jobs.map { _ in error }
    }
  }

  private static func failure(of job: Job, _ connection: SQLiteConnection) -> StoreError? {
    do throws(StoreError) {
      try connection.transaction { () throws(StoreError) in try job(connection) }
      return nil
    } catch {
      return error
    }
  }
}

/// A connection that one thread uses at a time.
private final class SharedConnection: Sendable {
  private let connection: Mutex<SQLiteConnection>

  init(
    path: String?, schema: SQLiteSchema, access: SQLiteConnection.Access
  ) throws(StoreError) {
    connection = Mutex(try SQLiteConnection(path: path, schema: schema, access: access))
  }

  func use<Success: Sendable>(
    _ body: (SQLiteConnection) throws(StoreError) -> Success
  ) throws(StoreError) -> Success {
    try connection.withLock { connection throws(StoreError) in try body(connection) }
  }
}

extension Bool {
  /// Sets it; returns false when it was set already.
  fileprivate mutating func becomeTrue() -> Bool {
    defer { self = true }
    return !self
  }
}

/// Where a write leaves its result.
private final class Place<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)

  func put(_ value: Value) { self.value.withLock { $0 = value } }

  func take() -> Value? { value.withLock { $0 } }
}
