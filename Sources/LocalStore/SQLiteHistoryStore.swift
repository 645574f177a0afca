public import ACSTypes
import SQLiteDatabase
public import Services

/// What one account keeps on this machine, in one SQLite file.
///
/// Several processes may have it open. What was saved survives the process's end at any moment; a deleted text is
/// overwritten in the table, in the index and in the log of changes.
public final class SQLiteHistoryStore: HistoryStore {
  private let database: GroupCommit
  private let plainText: @Sendable (String) -> String
  private let partCapacity: Int64

  /// Opens an account's file, made when absent.
  ///
  /// - Parameters:
  ///   - file: `nil` for a history in memory, which ends with the process.
  ///   - plainText: What a reader sees of a message's HTML; asked once for each message.
  /// - Throws: `StoreError`; a file that is damaged, of a newer version or of something else is left as it is.
  public convenience init(
    _ file: HistoryFile?,
    plainText: @escaping @Sendable (String) -> String = { PlainText(html: $0).text }
  ) throws(StoreError) {
    try self.init(file, partCapacity: SearchIndex.capacity, plainText: plainText)
  }

  /// Opens one whose index begins a new part after so many messages.
  init(
    _ file: HistoryFile?, partCapacity: Int64,
    plainText: @escaping @Sendable (String) -> String = { PlainText(html: $0).text }
  ) throws(StoreError) {
    try file?.prepare()
    database = try GroupCommit(path: file?.path, schema: SQLiteHistoryStore.schema) {
      connection throws(StoreError) in try SearchIndex.renew(connection)
    }
    self.plainText = plainText
    self.partCapacity = partCapacity
  }

  /// Reads all but the messages.
  public func load() async throws -> StoredHistory { try history(firstThreads: nil) }

  /// Reads the first threads and all that is no thread.
  public func load(firstThreads limit: Int) async throws -> StoredHistory {
    try history(firstThreads: limit)
  }

  /// The first threads of a list, and the newest messages of the first of them, read at once on the calling thread.
  public func firstScreen(threads limit: Int, messages count: Int) throws(StoreError)
    -> (history: StoredHistory, first: StoredMessages?)
  {
    let history = try history(firstThreads: limit)
    let plainText = plainText
    guard let first = history.threads.first?.thread.id else { return (history, nil) }
    let newest = try read { connection throws(StoreError) -> [ChatMessage] in
      guard let number = try ThreadTable(connection: connection).number(first) else { return [] }
      return try MessageTable(connection: connection, plainText: plainText)
        .page(of: number, before: nil, limit: count)
    }
    return (
      history,
      StoredMessages(
        thread: first, messages: newest.reversed(), isFirst: newest.count < count, isLast: true)
    )
  }

  private func history(firstThreads limit: Int?) throws(StoreError) -> StoredHistory {
    try read { connection throws(StoreError) in
      StoredHistory(
        threads: try ThreadTable(connection: connection).all(limit: limit),
        outbox: try OutboxTable(connection: connection).all(),
        contacts: try ContactTable(connection: connection).all(),
        isListRead: try ThreadTable(connection: connection).isListRead())
    }
  }

  /// Reads a page backwards.
  public func messages(
    in thread: ChatThreadID, before place: Int64?, limit: Int
  ) async throws -> [ChatMessage] {
    let plainText = plainText
    return try read { connection throws(StoreError) in
      guard let number = try ThreadTable(connection: connection).number(thread) else { return [] }
      return try MessageTable(connection: connection, plainText: plainText)
        .page(of: number, before: place, limit: limit)
    }
  }

  /// Reads a page forwards.
  public func messages(
    in thread: ChatThreadID, after place: Int64?, limit: Int
  ) async throws -> [ChatMessage] {
    let plainText = plainText
    return try read { connection throws(StoreError) in
      guard let number = try ThreadTable(connection: connection).number(thread) else { return [] }
      return try MessageTable(connection: connection, plainText: plainText)
        .page(of: number, after: place, limit: limit)
    }
  }

  /// Makes the changes in one transaction, which may be shared with others that come at the same time.
  public func save(_ changes: [HistoryChange]) async throws {
    guard !changes.isEmpty else { return }
    let plainText = plainText
    let capacity = partCapacity
    let isWiped = try await database.write { connection throws(StoreError) in
      var writer = try HistoryWriter(connection, partCapacity: capacity, plainText: plainText)
      for change in changes { try writer.make(change) }
      return try writer.finish()
    }
    // The log still has what was deleted. Left for the next time if somebody reads just now.
    if isWiped { try? database.settle() }
  }

  /// Searches the index.
  public func search(
    _ text: String, in thread: ChatThreadID?, before place: Int64?, limit: Int
  ) async throws -> [HistoryHit] {
    let words = SearchWords(text)
    guard !words.isEmpty, limit > 0 else { return [] }
    return try read { connection throws(StoreError) in
      var number: Int64?
      if let thread {
        number = try ThreadTable(connection: connection).number(thread)
        guard number != nil else { return [] }
      }
      let rows = try MessageSearch(
        words: words, place: place, limit: limit, connection: connection
      ).hits(in: number)
      let messages = try MessageTable.messages(rows, from: 1)
      return zip(rows, messages).map { row, message in
        let excerpt = Excerpt(of: row.optionalText(7) ?? row.text(5), around: words)
        return HistoryHit(
          thread: ChatThreadID(row.text(0)), message: message, excerpt: excerpt.text,
          marks: excerpt.marks)
      }
    }
  }

  /// Reads what was committed when it begins.
  private func read<Success: Sendable>(
    _ body: (SQLiteConnection) throws(StoreError) -> Success
  ) throws(StoreError) -> Success {
    try database.read { connection throws(StoreError) in
      try connection.snapshot { () throws(StoreError) in try body(connection) }
    }
  }
}
