public import ACSTypes
public import Services
import Synchronization

/// The history of whoever uses a configuration: known before they sign in, and turned to another file when another does.
///
/// One process at a time has an account's, since two would send what waits in it twice.
public final class AccountHistory: HistoryStore {
  private struct Opened {
    let account: CommunicationIdentifier
    let store: SQLiteHistoryStore
    let lock: FileLock?
  }

  /// Where files are; `nil` for a history in memory.
  private let folder: String?
  private let endpoint: String
  private let note: AccountNote?
  private let opened = Mutex<Opened?>(nil)

  /// The history of a configuration; nothing is opened yet.
  ///
  /// - Parameters:
  ///   - folder: As ``HistoryFile/standardFolder``.
  ///   - endpoint: The service's, as it is configured.
  ///   - tokenPlace: Where the user's tokens come from: what, with `userName`, tells configurations of one endpoint apart.
  ///   - userName: The name by which tokens are asked for; empty when there is none.
  public init(folder: String, endpoint: String, tokenPlace: String, userName: String) {
    self.folder = folder
    self.endpoint = endpoint
    let name = Fingerprint(of: "\(endpoint.lowercased())\u{0}\(tokenPlace)\u{0}\(userName)").text
    note = AccountNote(path: "\(folder)/\(name).account")
  }

  /// A history in memory, which ends with the process.
  public init() {
    folder = nil
    endpoint = ""
    note = nil
  }

  /// What the first screen shows of whoever was signed in last; `nil` when nobody ever was.
  public func firstScreen(threads: Int, messages: Int) throws(StoreError)
    -> (history: StoredHistory, first: StoredMessages?)?
  {
    guard let opened = try last() else { return nil }
    var screen = try opened.store.firstScreen(threads: threads, messages: messages)
    screen.history.account = opened.account
    return screen
  }

  /// Turns to the file of `user` and notes them for the next start.
  public func open(for user: CommunicationIdentifier) async throws -> Bool {
    try opened.withLock { opened throws(StoreError) in
      guard opened?.account != user else { return false }
      opened = nil
      opened = try open(user)
      try note?.write(user)
      return true
    }
  }

  /// Reads all but the messages; nothing while nobody is known.
  public func load() async throws -> StoredHistory {
    guard let opened = try last() else { return StoredHistory() }
    var history = try await opened.store.load()
    history.account = opened.account
    return history
  }

  /// Reads the first threads and all that is no thread; nothing while nobody is known.
  public func load(firstThreads limit: Int) async throws -> StoredHistory {
    guard let opened = try last() else { return StoredHistory() }
    var history = try await opened.store.load(firstThreads: limit)
    history.account = opened.account
    return history
  }

  /// Reads a page backwards.
  public func messages(
    in thread: ChatThreadID, before place: Int64?, limit: Int
  ) async throws -> [ChatMessage] {
    try await last()?.store.messages(in: thread, before: place, limit: limit) ?? []
  }

  /// Reads a page forwards.
  public func messages(
    in thread: ChatThreadID, after place: Int64?, limit: Int
  ) async throws -> [ChatMessage] {
    try await last()?.store.messages(in: thread, after: place, limit: limit) ?? []
  }

  /// Makes the changes.
  ///
  /// - Throws: `StoreError`, also while nobody is known.
  public func save(_ changes: [HistoryChange]) async throws {
    guard let opened = try last() else {
      throw StoreError(.unusable, "Nothing can be kept before somebody signed in.")
    }
    try await opened.store.save(changes)
  }

  /// Searches.
  public func search(
    _ text: String, in thread: ChatThreadID?, before place: Int64?, limit: Int
  ) async throws -> [HistoryHit] {
    try await last()?.store.search(text, in: thread, before: place, limit: limit) ?? []
  }

  /// What is open, else what was open last.
  private func last() throws(StoreError) -> Opened? {
    try opened.withLock { opened throws(StoreError) in
      if opened == nil, let user = note?.read() { opened = try open(user) }
      return opened
    }
  }

  private func open(_ user: CommunicationIdentifier) throws(StoreError) -> Opened {
    guard let folder else {
      return Opened(account: user, store: try SQLiteHistoryStore(nil), lock: nil)
    }
    let file = HistoryFile(folder: folder, endpoint: endpoint, user: user)
    try file.prepare()
    let lock = try FileLock(path: "\(file.path).lock")
    return Opened(account: user, store: try SQLiteHistoryStore(file), lock: lock)
  }
}
