import Services
import SQLiteDatabase
import ACSTypes

/// A message as kept.
struct MessageRow {
  /// Its arrival in epoch milliseconds.
  var id: Int64
  /// `text`, `html`, or the type of a system message.
  var type: String
  var sequence: Int64 = 0
  /// Epoch milliseconds of its newest change.
  var version: Int64
  /// The text of a user's message; JSON of a system message.
  var content: String
  /// `nil` for system messages.
  var sender: String?
  var displayName: String?
  var editedOn: Timestamp?
  var deletedOn: Timestamp?
  /// A JSON object.
  var metadata: String?
}

extension MessageRow {
  init(_ row: Row) {
    id = row.integer(0)
    type = row.text(1)
    sequence = row.integer(2)
    version = row.integer(3)
    content = row.text(4)
    sender = row.optionalText(5)
    displayName = row.optionalText(6)
    editedOn = row.optionalMoment(7)
    deletedOn = row.optionalMoment(8)
    metadata = row.optionalText(9)
  }
}

extension Store {
  /// Keeps a new message under the next id and sequence number of its thread.
  ///
  /// Ids are epoch milliseconds and rise within a thread even when several messages come in one.
  ///
  /// - Returns: The message with its numbers.
  func insertMessage(
    _ message: MessageRow, in thread: String, now: Timestamp
  ) throws(StoreError) -> MessageRow {
    let row = try connection.run(
      """
      UPDATE threads SET last_sequence = last_sequence + 1, last_id = max(last_id + 1, ?)
      WHERE id = ? RETURNING last_sequence, last_id
      """, now, thread
    ).first
    guard let row else { throw StoreError(.damaged, "\(thread) is gone.") }
    var message = message
    message.sequence = row.integer(0)
    message.id = row.integer(1)
    message.version = message.id
    try connection.run(
      "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?)", thread, message.id,
      message.type, message.sequence, message.version, message.content, message.sender,
      message.displayName, message.metadata)
    return message
  }

  /// The message of that id.
  func message(_ id: Int64, in thread: String) throws(StoreError) -> MessageRow? {
    try connection.run(
      """
      SELECT id, type, sequence, version, content, sender, display_name, edited_on, deleted_on,
        metadata
      FROM messages WHERE thread = ? AND id = ?
      """, thread, id
    ).first.map(MessageRow.init)
  }

  /// Messages with ids from `start` to before `end`, newest first.
  func messages(
    in thread: String, from start: Int64, before end: Int64, limit: Int
  ) throws(StoreError) -> [MessageRow] {
    try connection.run(
      """
      SELECT id, type, sequence, version, content, sender, display_name, edited_on, deleted_on,
        metadata
      FROM messages WHERE thread = ? AND id >= ? AND id < ? ORDER BY id DESC LIMIT ?
      """, thread, start, end, limit
    ).map(MessageRow.init)
  }

  /// Keeps a changed message; it gets the thread's next sequence number and a newer version (WIRE 4.2).
  func updateMessage(
    _ message: MessageRow, in thread: String, now: Timestamp
  ) throws(StoreError) {
    let sequence = try connection.run(
      "UPDATE threads SET last_sequence = last_sequence + 1 WHERE id = ? RETURNING last_sequence",
      thread
    ).first?.integer(0)
    try connection.run(
      """
      UPDATE messages SET sequence = ?, version = max(version + 1, ?), content = ?,
        edited_on = ?, deleted_on = ?, metadata = ?
      WHERE thread = ? AND id = ?
      """, sequence, now, message.content, message.editedOn, message.deletedOn,
      message.metadata, thread, message.id)
  }
}
