import ACSTypes
import SQLiteDatabase
import Services

/// The words of all messages, in parts that each cover a stretch of time.
///
/// A part is a table of FTS5 without content. That there are many of them keeps everything small that would grow with the
/// history: the newest hits come out of the newest part, a beginning of a word is only looked up there, and a deleted
/// text is wiped out by rewriting one part. SQLite 3.40 has no other way: FTS5 notes a deletion and keeps the words.
/// It is given the words as ``WordReader`` finds and folds them, so that they are the same wherever one looks.
///
/// Used within one transaction: made, changed, ``finish()``ed.
struct SearchIndex {
  /// One table and the numbers of messages from which on it covers them, up to the next part's.
  private struct Part {
    var number: Int64
    var start: Int64
    var count: Int64
    var isChanged = false
    /// True while it holds words that were deleted.
    var isSoiled = false
  }

  /// How many messages a part takes before another is begun; one that grew in its midst to twice this is halved.
  static let capacity: Int64 = 16_384

  /// Which words a text has, to be raised with each change of ``Fold``.
  ///
  /// A part of another version is made anew: SQLite forgets a text's words by being given the same again.
  private static let wordsVersion = 1

  private let connection: SQLiteConnection
  private let capacity: Int64
  /// Oldest first; the first starts before all numbers.
  private var parts: [Part]

  init(_ connection: SQLiteConnection, capacity: Int64 = SearchIndex.capacity) throws(StoreError) {
    self.connection = connection
    self.capacity = capacity
    parts = try connection.run("SELECT number, start, count FROM parts ORDER BY start")
      .map { Part(number: $0.integer(0), start: $0.integer(1), count: $0.integer(2)) }
    if parts.isEmpty { try begin(at: .min) }
  }

  /// Takes in the words of a message.
  mutating func add(_ text: String, of message: Int64, in thread: Int64) throws(StoreError) {
    // One that has no word counts, too, as it does among the messages.
    guard !text.isEmpty else { return }
    let place = place(of: message)
    try connection.run(
      "INSERT INTO words_# (rowid, body, thread) VALUES (?, ?, ?)", table: parts[place].number,
      message, indexable(text), String(thread))
    parts[place].count += 1
    parts[place].isChanged = true
  }

  /// Forgets the words of a message; `text` must be what was added.
  ///
  /// They are not found any more, and stay in the file until ``wipe(around:)``.
  mutating func remove(_ text: String, of message: Int64, in thread: Int64) throws(StoreError) {
    guard !text.isEmpty else { return }
    let place = place(of: message)
    try connection.run(
      "INSERT INTO words_# (words_#, rowid, body, thread) VALUES ('delete', ?, ?, ?)",
      table: parts[place].number, message, indexable(text), String(thread))
    parts[place].count -= 1
    parts[place].isChanged = true
  }

  /// Lets ``finish()`` leave nothing in the file of what was removed in the message's part.
  ///
  /// That is too much work for each edit of a program that writes by editing.
  mutating func wipe(around message: Int64) {
    let place = place(of: message)
    parts[place].isChanged = true
    parts[place].isSoiled = true
  }

  /// Forgets the words of all messages that arrived before `moment`; the messages are still there.
  mutating func removeAll(before moment: Timestamp) throws(StoreError) {
    for place in parts.indices {
      let end = place + 1 < parts.count ? parts[place + 1].start : .max
      let count = try connection.run(
        """
        SELECT count(*) FROM messages
        WHERE number >= ? AND number < ? AND arrived < ? AND is_indexed
        """, parts[place].start, end, moment)
      guard let count = count.first?.integer(0), count > 0 else { continue }
      parts[place].isChanged = true
      parts[place].isSoiled = true
      if count == parts[place].count {
        try connection.run(
          "INSERT INTO words_# (words_#) VALUES ('delete-all')", table: parts[place].number)
        parts[place].count = 0
        continue
      }
      let rows = try connection.run(
        """
        SELECT number, coalesce(plain, body), thread FROM messages
        WHERE number >= ? AND number < ? AND arrived < ? AND is_indexed
        """, parts[place].start, end, moment)
      for row in rows {
        try remove(row.text(1), of: row.integer(0), in: row.integer(2))
      }
    }
  }

  /// Wipes out what was deleted and begins new parts where they are due.
  ///
  /// - Returns: True when something was wiped out, of which the log of changes still holds copies.
  mutating func finish() throws(StoreError) -> Bool {
    let isWiped = parts.contains(where: \.isSoiled)
    for place in parts.indices.reversed() where parts[place].isChanged {
      try settle(place)
    }
    return isWiped
  }

  private mutating func settle(_ place: Int) throws(StoreError) {
    let part = parts[place]
    if part.count <= 0, place > 0 {
      // The part before covers its stretch from now on.
      try connection.run("DROP TABLE words_#", table: part.number)
      try connection.run("DELETE FROM parts WHERE number = ?", part.number)
      parts.remove(at: place)
      return
    }
    if part.isSoiled {
      try connection.run(
        "INSERT INTO words_# (words_#) VALUES ('optimize')", table: part.number)
    }
    try connection.run("UPDATE parts SET count = ? WHERE number = ?", part.count, part.number)
    parts[place].isChanged = false
    parts[place].isSoiled = false
    guard part.count > capacity else { return }
    if place == parts.count - 1 {
      try begin(at: try edge("SELECT max(number) FROM messages") + 1)
    } else if part.count > 2 * capacity {
      try halve(place)
    }
  }

  private func edge(_ text: StaticString) throws(StoreError) -> Int64 {
    try connection.run(text).first?.integer(0) ?? 0
  }

  /// Begins a part behind all others, or the first one.
  private mutating func begin(at start: Int64) throws(StoreError) {
    let number = try edge("SELECT max(number) FROM parts") + 1
    try SearchIndex.makeTable(number, connection)
    try connection.run(
      "INSERT INTO parts (number, start, count, words) VALUES (?, ?, 0, ?)", number, start,
      SearchIndex.wordsVersion)
    parts.append(Part(number: number, start: start, count: 0))
    parts.sort { $0.start < $1.start }
  }

  private static func makeTable(
    _ number: Int64, _ connection: SQLiteConnection
  ) throws(StoreError) {
    try connection.run(
      """
      CREATE VIRTUAL TABLE words_# USING fts5(
        body, thread, content='', columnsize=0, tokenize='ascii')
      """, table: number)
  }

  /// Moves the newer half of a part's messages to a new one.
  private mutating func halve(_ place: Int) throws(StoreError) {
    let old = parts[place]
    let end = place + 1 < parts.count ? parts[place + 1].start : .max
    let rows = try SearchIndex.messages(from: old.start, to: end, connection)
    guard rows.count > 1 else { return }
    try connection.run(
      "INSERT INTO words_# (words_#) VALUES ('delete-all')", table: old.number)
    parts[place].count = 0
    let middle = rows[rows.count / 2].integer(0)
    try begin(at: middle)
    for row in rows {
      try add(row.text(2), of: row.integer(0), in: row.integer(1))
    }
    for half in [place, place + 1] {
      parts[half].isChanged = false
      try connection.run(
        "UPDATE parts SET count = ? WHERE number = ?", parts[half].count, parts[half].number)
    }
  }

  /// Number, thread and text of those that have words.
  private static func messages(
    from start: Int64, to end: Int64, _ connection: SQLiteConnection
  ) throws(StoreError) -> [Row] {
    try connection.run(
      """
      SELECT number, thread, coalesce(plain, body) FROM messages
      WHERE number >= ? AND number < ? AND is_indexed ORDER BY number
      """, start, end)
  }

  /// Where in ``parts`` the one for a message is.
  private func place(of message: Int64) -> Int {
    var low = 1
    var high = parts.count
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].start <= message { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }
}

extension SearchIndex {
  /// Makes the parts anew whose texts had other words when they were taken in; each in a transaction of its own, so that
  /// whoever is stopped goes on there the next time.
  static func renew(_ connection: SQLiteConnection) throws(StoreError) {
    let numbers = try connection.run("SELECT number FROM parts WHERE words <> ?", wordsVersion)
    for number in numbers {
      try connection.transaction { () throws(StoreError) in
        try renew(number.integer(0), connection)
      }
    }
  }

  private static func renew(
    _ number: Int64, _ connection: SQLiteConnection
  ) throws(StoreError) {
    // Read again: another process may have done it meanwhile.
    let found = try connection.run(
      """
      SELECT start, coalesce(
        (SELECT min(start) FROM parts AS later WHERE later.start > parts.start), ?)
      FROM parts WHERE number = ? AND words <> ?
      """, Int64.max, number, wordsVersion)
    guard let part = found.first else { return }
    try connection.run("DROP TABLE words_#", table: number)
    try makeTable(number, connection)
    for row in try messages(from: part.integer(0), to: part.integer(1), connection) {
      try connection.run(
        "INSERT INTO words_# (rowid, body, thread) VALUES (?, ?, ?)", table: number,
        row.integer(0), indexable(row.text(2)), String(row.integer(1)))
    }
    try connection.run("UPDATE parts SET words = ? WHERE number = ?", wordsVersion, number)
  }
}
