import ACSTypes
import SQLiteDatabase
import Services

/// Finds messages by their words, newest first.
///
/// Rows have the thread's id, then a message's columns as ``MessageTable/messages(_:from:)`` reads them, then the text of
/// HTML.
struct MessageSearch {
  /// A thread with no more messages is read through: there, it takes longer to look up a frequent word in each part.
  private static let shortThread = 3000

  let words: SearchWords
  /// Only older messages count.
  let place: Int64?
  let limit: Int
  let connection: SQLiteConnection

  /// Of the messages that hold all words, the newest; within one transaction, so that all parts are of one time.
  func hits(in thread: Int64?) throws(StoreError) -> [Row] {
    guard let thread else { return try lookUp(in: nil) }
    let few = try connection.run(
      "SELECT 1 FROM messages WHERE thread = ? LIMIT ?", thread, MessageSearch.shortThread + 1)
    return few.count > MessageSearch.shortThread
      ? try lookUp(in: thread) : try readThrough(thread)
  }

  private func lookUp(in thread: Int64?) throws(StoreError) -> [Row] {
    func expression(_ words: String) -> String {
      "body : (\(words))" + (thread.map { " AND thread : \"\($0)\"" } ?? "")
    }
    let end = place.map(MessageNumber.first) ?? .max
    var rows: [Row] = []
    let parts = try connection.run(
      "SELECT number FROM parts WHERE start < ? ORDER BY start DESC", end)
    for part in parts where rows.count < limit {
      // To gather all words with a beginning takes the longest; here it is in vain if the others are missing.
      if let whole = words.wholeWords {
        let some = try connection.run(
          "SELECT rowid FROM words_# WHERE words_# MATCH ? AND rowid < ? LIMIT 1",
          table: part.integer(0), expression(whole), end)
        guard !some.isEmpty else { continue }
      }
      rows += try connection.run(
        """
        SELECT threads.id, messages.id, place, version, arrived, body, messages.record, plain
        FROM (
          SELECT rowid AS found FROM words_#
          WHERE words_# MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?
        )
        CROSS JOIN messages ON messages.number = found
        CROSS JOIN threads ON threads.number = messages.thread
        ORDER BY found DESC
        """, table: part.integer(0), expression(words.expression), end, limit - rows.count)
    }
    return rows
  }

  private func readThrough(_ thread: Int64) throws(StoreError) -> [Row] {
    var found: [Row] = []
    let rows = try connection.run(
      """
      SELECT threads.id, messages.id, place, version, arrived, body, messages.record, plain
      FROM messages CROSS JOIN threads ON threads.number = messages.thread
      WHERE thread = ? AND place < ? AND is_indexed ORDER BY place DESC, messages.id DESC
      """, thread, place ?? .max)
    for row in rows where found.count < limit {
      if words.areIn(row.optionalText(7) ?? row.text(5)) { found.append(row) }
    }
    return found
  }
}
