import ACSTypes
import SQLiteDatabase
import Services

/// The rows of threads.
struct ThreadTable {
  /// What ``thread(_:)`` reads of the threads that are kept.
  private static let selection: StaticString =
    "SELECT id, draft, removed_by, unread, record FROM threads WHERE record IS NOT NULL"

  let connection: SQLiteConnection

  /// All threads, or the first ones of a list.
  func all(limit: Int? = nil) throws(StoreError) -> [StoredThread] {
    var threads: [StoredThread] = []
    func add(_ row: Row) throws(StoreError) { threads.append(try ThreadTable.thread(row)) }
    if let limit {
      try connection.each(
        ThreadTable.selection, then: "ORDER BY is_pinned DESC, newest DESC LIMIT ?",
        max(0, limit), body: add)
    } else {
      try connection.each(ThreadTable.selection, body: add)
    }
    return threads
  }

  /// True once the whole list was read.
  func isListRead() throws(StoreError) -> Bool {
    try connection.run("SELECT 1 FROM list_readings").count > 0
  }

  /// The whole list was read.
  func noteListRead() throws(StoreError) {
    try connection.run("INSERT OR IGNORE INTO list_readings VALUES (1)")
  }

  /// The number of a thread; `nil` when nothing is known of it.
  func number(_ id: ChatThreadID) throws(StoreError) -> Int64? {
    try connection.run("SELECT number FROM threads WHERE id = ?", id.rawValue).first?.integer(0)
  }

  /// The number of a thread, which is given one when it has none.
  func madeNumber(_ id: ChatThreadID) throws(StoreError) -> Int64 {
    if let number = try number(id) { return number }
    return try connection.run(
      "INSERT INTO threads (id) VALUES (?) RETURNING number", id.rawValue
    ).first?.integer(0) ?? 0
  }

  func put(_ thread: StoredThread) throws(StoreError) {
    let newest = thread.thread.lastMessageReceivedOn ?? thread.thread.createdOn ?? .epoch
    try connection.run(
      """
      INSERT INTO threads (id, is_pinned, newest, draft, removed_by, unread, record)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      ON CONFLICT (id) DO UPDATE
      SET is_pinned = ?2, newest = ?3, draft = ?4, removed_by = ?5, unread = ?6, record = ?7
      """, thread.thread.id.rawValue, thread.isPinned ? 1 : 0, newest, thread.draft,
      thread.removedBy?.rawID ?? "", thread.unread, thread.record)
  }

  func putDraft(_ draft: String, of id: ChatThreadID) throws(StoreError) {
    try connection.run(
      "UPDATE threads SET draft = ? WHERE id = ? AND record IS NOT NULL", draft, id.rawValue)
  }

  func remove(_ number: Int64) throws(StoreError) {
    try connection.run("DELETE FROM threads WHERE number = ?", number)
  }

  /// Notes that a thread's messages up to `place` are here no longer.
  func cut(_ number: Int64, upTo place: Int64) throws(StoreError) {
    try change(number) { $0.historyWasCut(upTo: place) }
  }

  /// Notes that a stretch of a thread was read whole.
  func cover(_ id: ChatThreadID, _ stretch: HistoryStretch) throws(StoreError) {
    guard let number = try number(id) else { return }
    try change(number) { $0.historyWasRead(stretch) }
  }

  private func change(
    _ number: Int64, _ body: (inout StoredThread) -> Void
  ) throws(StoreError) {
    var found: Row?
    try connection.each(ThreadTable.selection, then: "AND number = ?", number) { found = $0 }
    guard let row = found else { return }
    var thread = try ThreadTable.thread(row)
    body(&thread)
    try connection.run("UPDATE threads SET record = ? WHERE number = ?", thread.record, number)
  }

  private static func thread(_ row: Row) throws(StoreError) -> StoredThread {
    let remover = row.text(2)
    return try StoredThread(
      id: ChatThreadID(row.text(0)), draft: row.text(1),
      removedBy: remover.isEmpty ? nil : CommunicationIdentifier(rawID: remover),
      unread: row.bytes(3), record: row.bytes(4))
  }
}
