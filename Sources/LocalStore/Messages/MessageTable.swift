import ACSTypes
import SQLiteDatabase
import Services

/// The rows of messages, and their words in the index.
struct MessageTable {
  let connection: SQLiteConnection
  /// What a reader sees of a message's HTML.
  let plainText: @Sendable (String) -> String

  /// Up to `limit` messages, newest first.
  func page(
    of thread: Int64, before place: Int64?, limit: Int
  ) throws(StoreError) -> [ChatMessage] {
    let rows = try connection.run(
      """
      SELECT id, place, version, arrived, body, record FROM messages
      WHERE thread = ? AND place < ? ORDER BY place DESC, id DESC LIMIT ?
      """, thread, place ?? .max, max(0, limit))
    return try MessageTable.messages(rows, from: 0)
  }

  /// Up to `limit` messages, oldest first.
  func page(
    of thread: Int64, after place: Int64?, limit: Int
  ) throws(StoreError) -> [ChatMessage] {
    let rows = try connection.run(
      """
      SELECT id, place, version, arrived, body, record FROM messages
      WHERE thread = ? AND place > ? ORDER BY place, id LIMIT ?
      """, thread, place ?? .min, max(0, limit))
    return try MessageTable.messages(rows, from: 0)
  }

  /// Reads rows with id, place, version, arrival, body and record from column `start` on.
  static func messages(
    _ rows: [Row], from start: Int
  ) throws(StoreError) -> [ChatMessage] {
    var messages: [ChatMessage] = []
    messages.reserveCapacity(rows.count)
    for row in rows {
      let id = row.text(start)
      messages.append(
        try ChatMessage(
          id: ChatMessageID(id.isEmpty ? String(row.integer(start + 1)) : id),
          version: row.integer(start + 2), createdOn: row.moment(start + 3),
          body: row.text(start + 4), record: row.bytes(start + 5)))
    }
    return messages
  }

  /// Keeps a message unless what is here is as new.
  func put(
    _ message: ChatMessage, in thread: Int64, _ index: inout SearchIndex
  ) throws(StoreError) {
    let place = message.id.place
    let id = message.id.rawValue == String(place) ? "" : message.id.rawValue
    let known = try connection.run(
      """
      SELECT number, version, is_deleted, is_numbered, is_indexed, coalesce(plain, body)
      FROM messages WHERE thread = ? AND place = ? AND id = ?
      """, thread, place, id
    ).first
    let entry = Entry(message, plainText)
    let revision = message.revision
    guard let known else {
      let number = try MessageNumber.free(for: place, connection)
      try connection.run(
        "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", number, thread, place,
        id, message.version, entry.isDeleted, revision.isNumbered ? 1 : 0,
        entry.words == nil ? 0 : 1, message.createdOn,
        entry.record, entry.body, entry.plain)
      if let words = entry.words { try index.add(words, of: number, in: thread) }
      return
    }
    let knownRevision = MessageRevision(
      isDeleted: known.integer(2) == 1, version: known.integer(1),
      isNumbered: known.integer(3) == 1)
    guard knownRevision < revision else { return }
    let number = known.integer(0)
    let old = known.integer(4) == 1 ? known.text(5) : nil
    let isSecret = entry.isDeleted == 1 && known.integer(2) == 0
    if let old, old != entry.words || isSecret {
      try index.remove(old, of: number, in: thread)
    }
    // Even without words of now: an edit may have left some of before.
    if isSecret { index.wipe(around: number) }
    try connection.run(
      """
      UPDATE messages SET version = ?, is_deleted = ?, is_numbered = ?, is_indexed = ?, arrived = ?,
        record = ?, body = ?, plain = ?
      WHERE number = ?
      """, message.version, entry.isDeleted, revision.isNumbered ? 1 : 0,
      entry.words == nil ? 0 : 1, message.createdOn, entry.record, entry.body, entry.plain, number)
    if let words = entry.words, words != old {
      try index.add(words, of: number, in: thread)
    }
  }

  /// Removes all of a thread, some at a time: they may be many.
  func removeAll(of thread: Int64, _ index: inout SearchIndex) throws(StoreError) {
    while true {
      let rows = try connection.run(
        """
        SELECT number, is_indexed, coalesce(plain, body) FROM messages
        WHERE thread = ? ORDER BY place LIMIT 500
        """, thread)
      guard !rows.isEmpty else { return }
      for row in rows {
        if row.integer(1) == 1 {
          try index.remove(row.text(2), of: row.integer(0), in: thread)
          index.wipe(around: row.integer(0))
        }
        try connection.run("DELETE FROM messages WHERE number = ?", row.integer(0))
      }
    }
  }

  /// Removes those that arrived before `moment`.
  ///
  /// - Returns: The threads that had some, with the greatest place of these.
  func removeAll(
    before moment: Timestamp, _ index: inout SearchIndex
  ) throws(StoreError) -> [(thread: Int64, place: Int64)] {
    let threads = try connection.run(
      "SELECT thread, max(place) FROM messages WHERE arrived < ? GROUP BY thread", moment)
    guard !threads.isEmpty else { return [] }
    try index.removeAll(before: moment)
    try connection.run("DELETE FROM messages WHERE arrived < ?", moment)
    return threads.map { (thread: $0.integer(0), place: $0.integer(1)) }
  }
}

/// What is kept of a message.
private struct Entry {
  var isDeleted: Int
  var record: [UInt8]
  var body: String
  /// What a reader sees of HTML; kept, since the index must be given the same again to forget it.
  var plain: String?
  /// What can be found; `nil` when nothing.
  var words: String?

  init(_ message: ChatMessage, _ plainText: (String) -> String) {
    let kept = message.asKept
    isDeleted = kept.deletedOn == nil ? 0 : 1
    record = kept.record
    body = kept.body
    switch kept.content {
    case .text(let text): words = text
    case .html(let html):
      plain = plainText(html)
      words = plain
    default: words = nil
    }
    if isDeleted == 1 || words?.isEmpty == true { words = nil }
  }
}

extension ChatMessage {
  /// Without what it said, if it was deleted.
  fileprivate var asKept: ChatMessage {
    guard deletedOn != nil else { return self }
    var kept = self
    kept.content = .text("")
    kept.attachments = []
    return kept
  }
}
