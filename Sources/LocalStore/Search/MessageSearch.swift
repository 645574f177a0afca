import ACSTypes
import SQLiteDatabase
import Services

/// Finds messages by their words, newest first.
enum MessageSearch {
  /// Of the messages that hold all `words`, the newest; within one transaction, so that all parts are of one time.
  static func hits(
    _ words: SearchWords, in thread: Int64?, before place: Int64?, limit: Int,
    _ connection: SQLiteConnection
  ) throws(StoreError) -> [Row] {
    var expression = "body : (\(words.expression))"
    if let thread { expression += " AND thread : \"\(thread)\"" }
    let end = place.map(MessageNumber.first) ?? .max
    var rows: [Row] = []
    let parts = try connection.run(
      "SELECT number FROM parts WHERE start < ? ORDER BY start DESC", end)
    for part in parts where rows.count < limit {
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
        """, table: part.integer(0), expression, end, limit - rows.count)
    }
    return rows
  }
}
