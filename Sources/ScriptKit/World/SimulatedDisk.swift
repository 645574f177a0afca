import ACSTypes
import LocalStore
public import Services
import Synchronization

/// The disk of a client: the real store in memory, which takes time, and which a killed client finds again.
///
/// What was not saved when its client was killed is not there.
public final class SimulatedDisk: Sendable {

  let store: SQLiteHistoryStore
  private let clock: VirtualClock
  private let dice: Dice
  /// How long a save takes.
  private let time: ClosedRange<Duration>
  private let mounts = Mutex(0)
  private let forgets = Mutex(false)

  /// An empty disk, at which all takes `time`.
  public init(
    clock: VirtualClock, dice: Dice, time: ClosedRange<Duration> = WorldPace.usual.clientDisk
  ) throws {
    store = try SQLiteHistoryStore(nil)
    self.clock = clock
    self.dice = dice
    self.time = time
  }

  /// The disk as one run of a client sees it; those of earlier runs write no more.
  public func mount() -> any HistoryStore {
    let number = mounts.withLock { mounts in
      mounts += 1
      return mounts
    }
    return Mount(disk: self, number: number)
  }

  /// No run that there was so far writes any more.
  public func unmount() { mounts.withLock { $0 += 1 } }

  /// True while it says that it saved and does not: a disk with a defect, to see that it is found.
  public var isForgetful: Bool {
    get { forgets.withLock { $0 } }
    set { forgets.withLock { $0 = newValue } }
  }

  private struct Mount: HistoryStore {
    let disk: SimulatedDisk
    let number: Int

    private func reach() async throws -> SQLiteHistoryStore {
      try await disk.clock.wait(disk.dice.time(in: disk.time))
      guard disk.mounts.withLock({ $0 == number }) else { throw CancellationError() }
      return disk.store
    }

    func load() async throws -> StoredHistory { try await reach().load() }

    func load(firstThreads limit: Int) async throws -> StoredHistory {
      try await reach().load(firstThreads: limit)
    }

    func messages(
      in thread: ChatThreadID, before place: Int64?, limit: Int
    ) async throws -> [ChatMessage] {
      try await reach().messages(in: thread, before: place, limit: limit)
    }

    func messages(
      in thread: ChatThreadID, after place: Int64?, limit: Int
    ) async throws -> [ChatMessage] {
      try await reach().messages(in: thread, after: place, limit: limit)
    }

    func save(_ changes: [HistoryChange]) async throws {
      let store = try await reach()
      if !disk.isForgetful { try await store.save(changes) }
    }

    func search(
      _ text: String, in thread: ChatThreadID?, before place: Int64?, limit: Int
    ) async throws -> [HistoryHit] {
      try await reach().search(text, in: thread, before: place, limit: limit)
    }
  }
}
