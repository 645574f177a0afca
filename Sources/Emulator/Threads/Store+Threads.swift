import Services
import SQLiteDatabase
import ACSTypes

/// A thread as kept.
struct ThreadRow {
  let id: String
  let topic: String
  let createdOn: Timestamp
  let createdBy: String
  let deletedOn: Timestamp?
  let lastMessageOn: Timestamp?
  /// When anything of it changed last; no two threads have the same.
  let changedOn: Timestamp

  init(_ row: Row) {
    id = row.text(0)
    topic = row.text(1)
    createdOn = row.moment(2)
    createdBy = row.text(3)
    deletedOn = row.optionalMoment(4)
    lastMessageOn = row.optionalMoment(5)
    changedOn = row.moment(6)
  }
}

extension Store {
  /// The thread of that id, deleted or not.
  func thread(_ id: String) throws(StoreError) -> ThreadRow? {
    try connection.run(
      """
      SELECT id, topic, created_on, created_by, deleted_on, last_message_on, changed_on
      FROM threads WHERE id = ?
      """, id
    ).first.map(ThreadRow.init)
  }

  /// Keeps a new thread.
  func insertThread(
    id: String, topic: String, createdBy: String, now: Timestamp
  ) throws(StoreError) {
    try connection.run(
      "INSERT INTO threads VALUES (?, ?, ?, ?, NULL, NULL, ?, 0, 0)", id, topic, now, createdBy,
      try nextChange(now))
  }

  /// Changes the topic.
  func setTopic(of id: String, to topic: String) throws(StoreError) {
    try connection.run("UPDATE threads SET topic = ? WHERE id = ?", topic, id)
  }

  /// Marks a thread as deleted; its participants still see that it was there.
  func deleteThread(_ id: String, now: Timestamp) throws(StoreError) {
    try connection.run(
      "UPDATE threads SET deleted_on = ?, changed_on = ? WHERE id = ?", now, try nextChange(now),
      id)
  }

  /// Notes that a message came or changed; `messageOn` is `nil` for changes that are no new message.
  func touchThread(_ id: String, messageOn: Timestamp?, now: Timestamp) throws(StoreError) {
    try connection.run(
      """
      UPDATE threads SET changed_on = ?, last_message_on = coalesce(?, last_message_on)
      WHERE id = ?
      """, try nextChange(now), messageOn, id)
  }

  /// The threads of somebody, those that changed last first, without those that changed within `seen` or before `start`.
  func threads(
    of identity: String, notIn seen: [SyncState.Range], from start: Timestamp, limit: Int
  ) throws(StoreError) -> [ThreadRow] {
    // The ranges are few and lie close to the top, so that they are left out while reading.
    var result: [ThreadRow] = []
    var before = Timestamp(milliseconds: .max)
    while result.count < limit {
      let rows = try connection.run(
        """
        SELECT id, topic, created_on, created_by, deleted_on, last_message_on, changed_on
        FROM threads JOIN participants ON threads.id = participants.thread
        WHERE participants.identity = ? AND changed_on < ? AND changed_on >= ?
        ORDER BY changed_on DESC LIMIT ?
        """, identity, before, start, limit)
      let threads = rows.map(ThreadRow.init)
      result += threads.filter { thread in !seen.contains { $0.contains(thread.changedOn) } }
      guard threads.count == limit, let last = threads.last else { break }
      before = last.changedOn
      if let range = seen.first(where: { $0.contains(before) }) { before = range.start }
    }
    return Array(result.prefix(limit))
  }

  /// A moment of change that no thread has yet: now, or the next free millisecond.
  private func nextChange(_ now: Timestamp) throws(StoreError) -> Timestamp {
    let last = try connection.run("SELECT max(changed_on) FROM threads").first?.optionalMoment(0)
    guard let last, last >= now else { return now }
    return last + .milliseconds(1)
  }

  /// The thread under which a request was done before, with the body that it had.
  func repeated(
    _ request: String, by identity: String
  ) throws(StoreError) -> (body: String, thread: String)? {
    try connection.run(
      "SELECT body, thread FROM repeatable WHERE identity = ? AND request = ?", identity, request
    ).first.map { ($0.text(0), $0.text(1)) }
  }

  /// Remembers for a day which thread a request made.
  func remember(
    _ request: String, by identity: String, body: String, thread: String, now: Timestamp
  ) throws(StoreError) {
    try connection.run("DELETE FROM repeatable WHERE made_on < ?", now - .seconds(86_400))
    try connection.run(
      "INSERT OR REPLACE INTO repeatable VALUES (?, ?, ?, ?, ?)", identity, request, body, thread,
      now)
  }
}
