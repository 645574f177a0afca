import ACSTypes
import Services
import Synchronization

/// Answers that wait until what they tell is on the disk, in the order in which requests were done.
struct Outbox {
  /// A request that was done and not yet answered.
  struct Entry {
    /// The batch of writes that has to be on the disk first.
    let batch: Int
    let plane: Plane
    let reply: EmulatorReply
    let now: Timestamp
    let post: @Sendable ([WebhookDelivery]) -> Void
    let owed: OwedReply
  }

  /// The newest batch that is on the disk.
  private(set) var synced = 0
  private var entries: [Entry] = []

  var isEmpty: Bool { entries.isEmpty }

  mutating func add(_ entry: Entry) { entries.append(entry) }

  /// What waited for batches up to `batch`, which are on the disk now.
  mutating func take(upTo batch: Int) -> [Entry] {
    synced = max(synced, batch)
    let due = entries.prefix { $0.batch <= synced }
    entries.removeFirst(due.count)
    return Array(due)
  }
}

/// An answer that comes when what it tells is on the disk.
public final class OwedReply: Sendable {
  private enum State {
    case open
    case awaited(@Sendable (EmulatorReply) -> Void)
    case given(EmulatorReply)
  }

  private let state = Mutex(State.open)

  init() {}

  /// Calls `body` with the answer once: at once, or when it is there, on the thread that called `Emulator.commit()`.
  public func whenGiven(_ body: @escaping @Sendable (EmulatorReply) -> Void) {
    let reply = state.withLock { state -> EmulatorReply? in
      if case .given(let reply) = state { return reply }
      state = .awaited(body)
      return nil
    }
    if let reply { body(reply) }
  }

  /// The answer, once it was given.
  var value: EmulatorReply? {
    state.withLock { if case .given(let reply) = $0 { reply } else { nil } }
  }

  func give(_ reply: EmulatorReply) {
    let body = state.withLock { state -> (@Sendable (EmulatorReply) -> Void)? in
      defer { state = .given(reply) }
      if case .awaited(let body) = state { return body }
      return nil
    }
    body?(reply)
  }
}
