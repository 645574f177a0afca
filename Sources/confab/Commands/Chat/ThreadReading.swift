import ACSTypes

/// Which threads there are and what was told of each; what readings and events bring becomes news, each once.
struct ThreadReading: Sendable {
  /// A thread that is watched.
  private struct Entry: Sendable {
    var thread: ChatThread
    var feed: MessageFeed
    var receipts: Set<ChatMessageReadReceipt> = []
  }

  /// Threads that are to be read at once because something came in them.
  private(set) var changed: [ChatThreadID] = []
  private var entries: [ChatThreadID: Entry] = [:]
  private var order: [ChatThreadID] = []
  private var turn = 0
  private var lastTyping: [ChatThreadID: TypingNotice] = [:]
  private let startedOn: Timestamp
  private var isListed = false

  /// Of one thread, of which `known` has been told.
  init(thread: ChatThread, known: [ChatMessage]) {
    startedOn = .epoch
    isListed = true
    entries[thread.id] = Entry(thread: thread, feed: MessageFeed(known: known))
    order = [thread.id]
  }

  /// Of all threads; of those of the first list what came after it is told.
  init(startedOn: Timestamp) {
    self.startedOn = startedOn
  }

  /// What a thread is called.
  func topic(of id: ChatThreadID) -> String { entries[id]?.thread.topic ?? "" }

  /// The next thread to look at for edits, each in turn.
  mutating func nextInTurn() -> ChatThreadID? {
    guard !order.isEmpty else { return nil }
    turn = (turn + 1) % order.count
    return order[turn]
  }

  /// All threads are to be read: events may have been lost.
  mutating func allMayHaveChanged() {
    changed = order
  }

  /// Takes the next thread to be read.
  mutating func nextChanged() -> ChatThreadID? {
    changed.isEmpty ? nil : changed.removeFirst()
  }

  /// The place up to which a thread's messages are known without a hole.
  func readUpTo(in id: ChatThreadID) -> Int64 { entries[id]?.feed.readUpTo ?? .max }

  /// The whole list of threads, latest message first, which the service gave at `servedOn` by its own clock.
  mutating func listed(_ threads: [ChatThread], servedOn: Timestamp? = nil) -> [ChatNews] {
    var news: [ChatNews] = []
    let living = threads.filter { $0.deletedOn == nil }
    for thread in living {
      guard let known = entries[thread.id]?.thread else {
        let began = isListed ? nil : start(of: thread, servedOn: servedOn)
        entries[thread.id] = Entry(
          thread: thread, feed: MessageFeed(since: began ?? startedOn - .seconds(300)))
        if isListed { news.append(.threadCreated(thread)) }
        changed.append(thread.id)
        continue
      }
      entries[thread.id]?.thread = thread
      if known.lastMessageReceivedOn != thread.lastMessageReceivedOn,
        !changed.contains(thread.id)
      {
        changed.append(thread.id)
      }
    }
    let ids = Set(living.map(\.id))
    for id in order where !ids.contains(id) {
      guard let thread = entries.removeValue(forKey: id)?.thread else { continue }
      let isDeleted = threads.contains { $0.id == id }
      news.append(isDeleted ? .threadDeleted(thread) : .threadLeft(thread))
    }
    changed.removeAll { !ids.contains($0) }
    order = living.map(\.id)
    isListed = true
    return news
  }

  /// Up to when messages were there before the first list, which tells of the last one of each thread; `nil` when unknown.
  ///
  /// Should it tell late, or not of every kind, then the second before it counts all the same.
  private func start(of thread: ChatThread, servedOn: Timestamp?) -> Timestamp? {
    [thread.lastMessageReceivedOn, servedOn.map { $0 - .milliseconds(1001) }].compactMap(\.self)
      .max()
  }

  /// Messages of a thread, from its newest page on as far back as needed.
  mutating func read(_ messages: [ChatMessage], in id: ChatThreadID) -> [ChatNews] {
    entries[id]?.feed.read(messages, in: id) ?? []
  }

  /// The service does not let the user read a thread any more.
  mutating func refused(_ id: ChatThreadID) -> [ChatNews] {
    order.removeAll { $0 == id }
    changed.removeAll { $0 == id }
    guard let thread = entries.removeValue(forKey: id)?.thread else { return [] }
    return [.threadLeft(thread)]
  }

  /// An event; what concerns the threads themselves is seen in the list, which it makes due.
  ///
  /// - Returns: The news, and whether the list is to be read.
  mutating func happened(_ event: ChatEvent) -> (news: ChatNews?, isListDue: Bool) {
    let id = event.thread
    guard entries[id] != nil else { return (nil, true) }
    switch event {
    case .messageReceived(_, let message), .messageEdited(_, let message),
      .messageDeleted(_, let message):
      return (entries[id]?.feed.happened(message, in: id), false)
    case .typingReceived(_, let notice):
      guard lastTyping[id] != notice else { return (nil, false) }
      lastTyping[id] = notice
      return (.typing(id, notice), false)
    case .readReceiptReceived(_, let receipt):
      let isNew = entries[id]?.receipts.insert(receipt).inserted ?? false
      return (isNew ? .read(id, receipt) : nil, false)
    case .threadPropertiesUpdated, .participantsAdded:
      // The thread's own messages tell it.
      if !changed.contains(id) { changed.append(id) }
      return (nil, false)
    case .threadCreated, .threadDeleted, .participantsRemoved:
      if !changed.contains(id) { changed.append(id) }
      return (nil, true)
    }
  }
}
