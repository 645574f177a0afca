import Synchronization

/// Holds tasks up until a test opens it, so that a test decides the order of what runs at the same time.
public final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
    var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  /// A closed gate.
  public init() {}

  /// Waits until the gate is open; an open one holds nobody up.
  public func pass() async {
    await withCheckedContinuation { continuation in
      let (passes, arrived) = state.withLock { state in
        guard !state.isOpen else { return (true, [CheckedContinuation<Void, Never>]()) }
        state.waiting.append(continuation)
        let count = state.waiting.count
        let arrived = state.watchers.filter { $0.count <= count }.map(\.continuation)
        state.watchers.removeAll { $0.count <= count }
        return (false, arrived)
      }
      if passes { continuation.resume() }
      for watcher in arrived { watcher.resume() }
    }
  }

  /// Waits until `count` tasks stand before the gate.
  public func reached(by count: Int = 1) async {
    await withCheckedContinuation { continuation in
      let isReached = state.withLock { state in
        guard state.waiting.count < count else { return true }
        state.watchers.append((count, continuation))
        return false
      }
      if isReached { continuation.resume() }
    }
  }

  /// Lets everybody through, now and later.
  public func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}
