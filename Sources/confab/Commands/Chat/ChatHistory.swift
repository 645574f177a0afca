import ACSClient
import ACSTypes
import ArgumentTable
import Configuration
import Executor
import LocalStore
import Services

/// What this machine keeps of the account, opened beside a client that may be running.
struct ChatHistory: Sendable {
  let store: SQLiteHistoryStore
  /// How long messages are kept; `nil` for ever.
  let retention: Duration?

  /// That of who signs in now; where there is none, it is made, or `nil` unless `isMade`.
  ///
  /// What is made for a configuration that keeps nothing on the disk ends with the command.
  static func ofUser(_ workplace: ChatWorkplace, isMade: Bool) async throws -> ChatHistory? {
    guard workplace.configuration.history.place == .disk else {
      return isMade ? ChatHistory(store: try SQLiteHistoryStore(nil), retention: nil) : nil
    }
    let user = try await workplace.user()
    let configuration = workplace.configuration
    let file = HistoryFile(
      folder: HistoryFile.standardFolder, endpoint: configuration.endpoint, user: user)
    guard isMade || file.exists else { return nil }
    let store = try SQLiteHistoryStore(file)
    HistoryFile.noteUser(
      user, folder: HistoryFile.standardFolder, endpoint: configuration.endpoint,
      tokenPlace: configuration.tokenPlace, userName: configuration.tokenService?.user ?? "")
    return ChatHistory(store: store, retention: configuration.history.retention)
  }

  /// That of who used this configuration last, with nobody asked; `nil` when nothing is kept.
  static func ofLastUser(_ workplace: ChatWorkplace) throws -> ChatHistory? {
    let configuration = workplace.configuration
    guard configuration.history.place == .disk else { return nil }
    let file = HistoryFile.ofLastUser(
      folder: HistoryFile.standardFolder, endpoint: configuration.endpoint,
      tokenPlace: configuration.tokenPlace, userName: configuration.tokenService?.user ?? "")
    return try file.map {
      ChatHistory(store: try SQLiteHistoryStore($0), retention: configuration.history.retention)
    }
  }

  /// Why ``ofLastUser(_:)`` gave none; `remedy` is what helps when something may be kept.
  static func nothingKept(_ workplace: ChatWorkplace, _ remedy: String) -> CommandError {
    switch workplace.configuration.history.place {
    case .disk: CommandError(.badData, "Nothing is kept on this machine yet; \(remedy).")
    case .memory, .nowhere:
      CommandError(
        .badData, "Nothing is kept on this machine: history.keep in the config file says so.")
    }
  }

  /// Lets go of messages that are too old to be kept.
  func dropOld() async throws {
    guard let retention else { return }
    try await store.save([.retention(before: SystemClock().now - retention)])
  }

  /// The thread that was typed, among those that are kept.
  func find(_ choice: ThreadChoice) async throws -> StoredThread {
    let threads = try await store.load().threads
    let chosen = try choice.pick(from: threads.map(\.thread))
    guard let thread = threads.first(where: { $0.thread.id == chosen.id }) else {
      preconditionFailure("the thread \(chosen.id) was picked from none")
    }
    return thread
  }

  /// What is missing among the messages of a thread that are here, in a sentence; `nil` when nothing is up to the last one.
  static func missing(of thread: StoredThread) -> String? {
    func time(_ place: Int64) -> String {
      Timestamp(seconds: Timestamp(milliseconds: place).seconds).iso8601
    }
    guard let first = thread.coverage.first else {
      return "This thread was never read to this machine; messages are missing."
    }
    var missing: [String] = []
    if !first.reachesBeginning { missing.append("before \(time(first.oldest))") }
    for (one, next) in zip(thread.coverage, thread.coverage.dropFirst()) {
      missing.append("between \(time(one.newest)) and \(time(next.oldest))")
    }
    guard !missing.isEmpty else { return nil }
    return "Messages \(missing.joined(separator: " and ")) are not on this machine."
  }

  /// Reads a thread from the service from its end to its beginning and keeps it.
  ///
  /// A thread that is here already keeps what else is known of it: a running client owns that. Names that only `directory`
  /// has are kept among the contacts.
  func fill(
    _ thread: ChatThread, from chat: any ChatService, directory: DirectoryNames
  ) async throws -> StoredThread {
    let known = try await store.load().threads.first { $0.thread.id == thread.id }
    var stored = known ?? StoredThread(thread: thread)
    stored.participants = try await chat.participants(of: thread.id)
    var nameless: Set<CommunicationIdentifier> = []
    var (oldest, newest) = (Int64.max, Int64(0))
    var next: String?
    repeat {
      let page = try await chat.messages(in: thread.id, startTime: nil, next: next)
      try await store.save([.messages(thread.id, page.values)])
      for message in page.values {
        message.eachNameless { nameless.insert($0) }
        oldest = min(oldest, message.id.place)
        newest = max(newest, message.id.place)
        stored.newestVersion = max(stored.newestVersion, message.version)
      }
      next = page.nextLink == next ? nil : page.nextLink
    } while next != nil
    for person in stored.participants {
      if person.displayName?.isEmpty ?? true {
        nameless.insert(person.identifier)
      } else {
        nameless.remove(person.identifier)
      }
    }
    try await keepNames(of: nameless.sorted { $0.rawID < $1.rawID }, directory)
    if newest > 0 {
      stored.historyWasRead(
        HistoryStretch(oldest: oldest, newest: newest, reachesBeginning: true))
    }
    if known == nil {
      try await store.save([.thread(stored)])
    } else if let stretch = stored.coverage.last {
      try await store.save([.stretch(thread.id, stretch)])
    }
    return stored
  }

  private func keepNames(
    of people: [CommunicationIdentifier], _ directory: DirectoryNames
  ) async throws {
    var directory = directory
    await directory.ask(about: people)
    let found = people.compactMap { person in
      directory[person].map { HistoryChange.contact(person, name: $0) }
    }
    if !found.isEmpty { try await store.save(found) }
  }
}
