public import ACSTypes
import LocalStore
public import Services
import Synchronization

/// A history in memory, by the rules of the port and without anything clever: what the one on disk is held against.
///
/// The simulator uses it as a disk that a restarted client finds again: what ``save(_:)`` took is there.
public final class MemoryHistoryStore: HistoryStore {
  fileprivate struct Content {
    var threads: [ChatThreadID: StoredThread] = [:]
    var messages: [ChatThreadID: [ChatMessageID: ChatMessage]] = [:]
    var outbox: [OutboxRecord] = []
    var contacts: [CommunicationIdentifier: String] = [:]
    var isListRead = false
    var failure: StoreError?
  }

  private let content = Mutex(Content())
  private let plainText: @Sendable (String) -> String

  /// An empty history.
  public convenience init() {
    self.init { PlainText(html: $0).text }
  }

  /// An empty history that is told what a reader sees of HTML.
  public init(plainText: @escaping @Sendable (String) -> String) {
    self.plainText = plainText
  }

  /// Lets every operation fail so from now on; `nil` ends it.
  public func fail(with error: StoreError?) { content.withLock { $0.failure = error } }

  /// All but the messages.
  public func load() async throws -> StoredHistory { try await load(firstThreads: .max) }

  /// The same with the first threads only.
  public func load(firstThreads limit: Int) async throws -> StoredHistory {
    try content.withLock { content in
      try content.mustWork()
      let threads = content.threads.values.sorted {
        if $0.isPinned != $1.isPinned { return $0.isPinned }
        return $0.listed != $1.listed
          ? $0.listed > $1.listed : $0.thread.id.rawValue < $1.thread.id.rawValue
      }
      return StoredHistory(
        threads: Array(threads.prefix(max(0, limit))), outbox: content.outbox,
        contacts: content.contacts, isListRead: content.isListRead)
    }
  }

  /// A page backwards.
  public func messages(
    in thread: ChatThreadID, before place: Int64?, limit: Int
  ) async throws -> [ChatMessage] {
    let all = try sorted(thread)
    return Array(all.filter { $0.id.place < place ?? .max }.reversed().prefix(max(0, limit)))
  }

  /// A page forwards.
  public func messages(
    in thread: ChatThreadID, after place: Int64?, limit: Int
  ) async throws -> [ChatMessage] {
    Array(try sorted(thread).filter { $0.id.place > place ?? .min }.prefix(max(0, limit)))
  }

  private func sorted(_ thread: ChatThreadID) throws -> [ChatMessage] {
    try content.withLock { content in
      try content.mustWork()
      return content.messages[thread, default: [:]].values.sorted { $0.order < $1.order }
    }
  }

  /// Makes all changes, or none after ``fail(with:)``.
  public func save(_ changes: [HistoryChange]) async throws {
    try content.withLock { content in
      try content.mustWork()
      for change in changes { content.make(change) }
    }
  }

  /// Looks through all messages.
  public func search(
    _ text: String, in thread: ChatThreadID?, before place: Int64?, limit: Int
  ) async throws -> [HistoryHit] {
    let words = SearchWords(text)
    let found = try content.withLock { content in
      try content.mustWork()
      return content.messages.filter { thread == nil || $0.key == thread }
        .flatMap { id, messages in messages.values.map { (id, $0) } }
    }
    let hits = found.compactMap { id, message -> HistoryHit? in
      guard message.id.place < place ?? .max, let text = shown(message), words.areIn(text) else {
        return nil
      }
      let excerpt = Excerpt(of: text, around: words)
      return HistoryHit(thread: id, message: message, excerpt: excerpt.text, marks: excerpt.marks)
    }
    return Array(hits.sorted { $0.message.order > $1.message.order }.prefix(max(0, limit)))
  }

  private func shown(_ message: ChatMessage) -> String? {
    switch message.content {
    case _ where message.deletedOn != nil: nil
    case .text(let text): text
    case .html(let html): plainText(html)
    default: nil
    }
  }
}

extension MemoryHistoryStore.Content {
  fileprivate func mustWork() throws(StoreError) {
    if let failure { throw failure }
  }

  fileprivate mutating func make(_ change: HistoryChange) {
    switch change {
    case .listRead: isListRead = true
    case .thread(let thread): threads[thread.thread.id] = thread
    case .threadForgotten(let id):
      threads[id] = nil
      messages[id] = nil
    case .draft(let id, let text): threads[id]?.draft = text
    case .messages(let id, let new): for message in new { put(message, in: id) }
    case .stretch(let id, let stretch): threads[id]?.historyWasRead(stretch)
    case .outbox(let record):
      if let index = outbox.firstIndex(where: { $0.clientID == record.clientID }) {
        outbox[index] = record
      } else {
        outbox.append(record)
      }
      // The sort is stable.
      outbox.sort { $0.writtenOn < $1.writtenOn }
    case .outboxSettled(let clientID): outbox.removeAll { $0.clientID == clientID }
    case .contact(let person, let name): contacts[person] = name.isEmpty ? nil : name
    case .retention(let moment): retain(from: moment)
    }
  }

  private mutating func put(_ message: ChatMessage, in id: ChatThreadID) {
    if let known = messages[id]?[message.id], !(known.revision < message.revision) { return }
    var kept = message
    if message.deletedOn != nil {
      kept.content = .text("")
      kept.attachments = []
    }
    messages[id, default: [:]][message.id] = kept
  }

  private mutating func retain(from moment: Timestamp) {
    for (id, all) in messages {
      let old = all.values.filter { $0.createdOn < moment }
      guard let newest = old.map(\.id.place).max() else { continue }
      for message in old { messages[id]?[message.id] = nil }
      threads[id]?.historyWasCut(upTo: newest)
    }
  }
}

extension ChatMessage {
  /// By place; ids that are no numbers by their text.
  fileprivate var order: Order { Order(place: id.place, text: id.rawValue) }
}

private struct Order: Comparable {
  var place: Int64
  var text: String

  static func < (left: Order, right: Order) -> Bool {
    (left.place, left.text) < (right.place, right.text)
  }
}

extension StoredThread {
  fileprivate var listed: Timestamp {
    thread.lastMessageReceivedOn ?? thread.createdOn ?? .epoch
  }
}
