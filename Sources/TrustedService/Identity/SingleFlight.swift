import Synchronization

/// Lets one task do what several want at the same time, and gives all of them the outcome.
final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  /// `nil` when the task that did it was cancelled: the next one tries.
  private typealias Outcome = Result<Value, any Error>?

  private let waiting = Mutex<[Key: [CheckedContinuation<Outcome, Never>]]>([:])

  /// Runs `body`, unless a call with an equal `key` runs it already; then waits for that one's outcome.
  ///
  /// - Throws: What `body` throws, to everybody who waits for it.
  func run(_ key: Key, _ body: () async throws -> Value) async throws -> Value {
    while true {
      if let outcome = await outcomeOfAnother(key) { return try outcome.get() }
      guard waiting.withLock({ $0.updateIfAbsent(key, with: []) }) else { continue }
      do {
        let value = try await body()
        finish(key, .success(value))
        return value
      } catch {
        finish(key, Task.isCancelled ? nil : .failure(error))
        throw error
      }
    }
  }

  private func outcomeOfAnother(_ key: Key) async -> Outcome {
    await withCheckedContinuation { continuation in
      let isAlone = waiting.withLock { waiting in
        guard waiting[key] != nil else { return true }
        waiting[key]?.append(continuation)
        return false
      }
      if isAlone { continuation.resume(returning: nil) }
    }
  }

  private func finish(_ key: Key, _ outcome: Outcome) {
    let waiters = waiting.withLock { $0.removeValue(forKey: key) ?? [] }
    for waiter in waiters { waiter.resume(returning: outcome) }
  }
}

extension Dictionary {
  /// Adds `value` when there is none for `key`; returns whether it did.
  fileprivate mutating func updateIfAbsent(_ key: Key, with value: Value) -> Bool {
    guard self[key] == nil else { return false }
    self[key] = value
    return true
  }
}
