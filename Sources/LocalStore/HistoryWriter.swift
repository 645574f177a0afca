import ACSTypes
import SQLiteDatabase
import Services

/// Makes changes within one transaction.
struct HistoryWriter {
  private let threads: ThreadTable
  private let messages: MessageTable
  private let outbox: OutboxTable
  private let contacts: ContactTable
  private let connection: SQLiteConnection
  private let partCapacity: Int64
  /// Opened by the first message.
  private var index: SearchIndex?

  init(
    _ connection: SQLiteConnection, partCapacity: Int64,
    plainText: @escaping @Sendable (String) -> String
  ) throws(StoreError) {
    threads = ThreadTable(connection: connection)
    messages = MessageTable(connection: connection, plainText: plainText)
    outbox = OutboxTable(connection: connection)
    contacts = ContactTable(connection: connection)
    self.connection = connection
    self.partCapacity = partCapacity
  }

  mutating func make(_ change: HistoryChange) throws(StoreError) {
    switch change {
    case .listRead: try threads.noteListRead()
    case .thread(let thread): try threads.put(thread)
    case .threadForgotten(let id): try forget(id)
    case .draft(let id, let text): try threads.putDraft(text, of: id)
    case .messages(let id, let new): try put(new, in: id)
    case .stretch(let id, let stretch): try threads.cover(id, stretch)
    case .outbox(let record): try outbox.put(record)
    case .outboxSettled(let clientID): try outbox.remove(clientID)
    case .contact(let person, let name): try contacts.put(name, for: person)
    case .retention(let moment): try retain(from: moment)
    }
  }

  /// - Returns: True when something was wiped out.
  mutating func finish() throws(StoreError) -> Bool { try index?.finish() ?? false }

  private mutating func put(_ new: [ChatMessage], in id: ChatThreadID) throws(StoreError) {
    guard !new.isEmpty else { return }
    let thread = try threads.madeNumber(id)
    var index = try takeIndex()
    for message in new { try messages.put(message, in: thread, &index) }
    self.index = index
  }

  private mutating func forget(_ id: ChatThreadID) throws(StoreError) {
    guard let thread = try threads.number(id) else { return }
    var index = try takeIndex()
    try messages.removeAll(of: thread, &index)
    self.index = index
    try threads.remove(thread)
  }

  private mutating func retain(from moment: Timestamp) throws(StoreError) {
    var index = try takeIndex()
    let cut = try messages.removeAll(before: moment, &index)
    self.index = index
    for (thread, place) in cut { try threads.cut(thread, upTo: place) }
  }

  private mutating func takeIndex() throws(StoreError) -> SearchIndex {
    if let index { return index }
    return try SearchIndex(connection, capacity: partCapacity)
  }
}
