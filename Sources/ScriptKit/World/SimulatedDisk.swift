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
  /// Whose history it is: who signed in first, noted for the next start.
  private let account = Mutex<CommunicationIdentifier?>(nil)

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

  /// What the first screen of a start shows; `nil` before somebody signed in.
  func firstScreen(rows: Int) throws -> (history: StoredHistory, first: StoredMessages?)? {
    guard let account = account.withLock({ $0 }) else { return nil }
    var screen = try store.firstScreen(threads: max(rows, 24), messages: max(rows, 24))
    screen.history.account = account
    return screen
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

    func open(for user: CommunicationIdentifier) async throws -> Bool {
      _ = try await reach()
      return disk.account.withLock { account in
        defer { account = user }
        return account != user
      }
    }

    func load() async throws -> StoredHistory { try await owned { try await $0.load() } }

    func load(firstThreads limit: Int) async throws -> StoredHistory {
      try await owned { try await $0.load(firstThreads: limit) }
    }

    /// A history with whose it is; nothing while that is nobody's.
    private func owned(
      _ load: (SQLiteHistoryStore) async throws -> StoredHistory
    ) async throws -> StoredHistory {
      let store = try await reach()
      guard let account = disk.account.withLock({ $0 }) else { return StoredHistory() }
      var history = try await load(store)
      history.account = account
      return history
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
