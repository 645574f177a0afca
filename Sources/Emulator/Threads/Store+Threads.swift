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
  /// A JSON object.
  let metadata: String?
  /// After how many days it is to be deleted: 0 never, as somebody said; `nil` when nobody said anything.
  let retentionDays: Int64?

  init(_ row: Row) {
    id = row.text(0)
    topic = row.text(1)
    createdOn = row.moment(2)
    createdBy = row.text(3)
    deletedOn = row.optionalMoment(4)
    lastMessageOn = row.optionalMoment(5)
    changedOn = row.moment(6)
    metadata = row.optionalText(7)
    retentionDays = row.integer(8) < 0 ? nil : row.integer(8)
  }
}

extension Store {
  /// What threads and participants got with the api-version 2025-03-15.
  static let chatColumns: [StaticString] = [
    "ALTER TABLE threads ADD COLUMN metadata TEXT",
    "ALTER TABLE threads ADD COLUMN retention_days INTEGER",
    "ALTER TABLE threads ADD COLUMN expires_on INTEGER",
    "CREATE INDEX threads_by_expiry ON threads (expires_on) WHERE expires_on IS NOT NULL",
    "ALTER TABLE participants ADD COLUMN metadata TEXT",
  ]

  /// Each participant knows when the thread changed, so that somebody's threads can be read in that order.
  static let changesByParticipant: [StaticString] = [
    "ALTER TABLE participants ADD COLUMN changed_on INTEGER NOT NULL DEFAULT 0",
    """
    UPDATE participants
    SET changed_on = (SELECT changed_on FROM threads WHERE threads.id = participants.thread)
    """,
    "CREATE INDEX participants_by_change ON participants (identity, changed_on)",
    "DROP INDEX participants_by_identity",
  ]

  /// The thread of that id, deleted or not.
  func thread(_ id: String) throws(StoreError) -> ThreadRow? {
    try connection.run(
      """
      SELECT id, topic, created_on, created_by, deleted_on, last_message_on, changed_on,
        metadata, ifnull(retention_days, -1)
      FROM threads WHERE id = ?
      """, id
    ).first.map(ThreadRow.init)
  }

  /// Keeps a new thread.
  func insertThread(
    id: String, topic: String, createdBy: String, now: Timestamp
  ) throws(StoreError) {
    try connection.run(
      "INSERT INTO threads VALUES (?, ?, ?, ?, NULL, NULL, ?, 0, 0, NULL, NULL, NULL)", id, topic,
      now, createdBy, try nextChange(now))
  }

  /// Changes the topic.
  func setTopic(of id: String, to topic: String) throws(StoreError) {
    try connection.run("UPDATE threads SET topic = ? WHERE id = ?", topic, id)
  }

  /// Changes the metadata, a JSON object.
  func setMetadata(of id: String, to metadata: String?) throws(StoreError) {
    try connection.run("UPDATE threads SET metadata = ? WHERE id = ?", metadata, id)
  }

  /// Says after how many days from its creation a thread is deleted; 0 is never.
  func setRetention(of id: String, days: Int64) throws(StoreError) {
    nextExpiry = nil
    try connection.run(
      """
      UPDATE threads SET retention_days = ?1,
        expires_on = CASE WHEN ?1 > 0 THEN created_on + ?1 * 86400000 END
      WHERE id = ?2
      """, days, id)
  }

  /// Deletes the threads whose time is over by `now`.
  ///
  /// Costs nothing while there are none, for it is done before each request of Chat.
  func deleteExpiredThreads(now: Timestamp) throws {
    guard let next = try expiry(), next <= now else { return }
    nextExpiry = nil
    try transaction { try deleteThreads(expiredBy: now) }
  }

  /// When the next thread is to be deleted.
  private func expiry() throws(StoreError) -> Timestamp? {
    if let nextExpiry { return nextExpiry }
    let found = try connection.run(
      "SELECT min(expires_on) FROM threads WHERE expires_on IS NOT NULL"
    ).first?.optionalMoment(0)
    nextExpiry = .some(found)
    return found
  }

  private func deleteThreads(expiredBy now: Timestamp) throws(StoreError) {
    let due = try connection.run(
      "SELECT id, expires_on FROM threads WHERE expires_on <= ? ORDER BY expires_on", now)
    for row in due { try deleteThread(row.text(0), now: row.moment(1)) }
  }

  /// Marks a thread as deleted; its participants still see that it was there.
  func deleteThread(_ id: String, now: Timestamp) throws(StoreError) {
    try connection.run(
      "UPDATE threads SET deleted_on = ?, expires_on = NULL WHERE id = ?", now, id)
    try touchThread(id, messageOn: nil, now: now)
  }

  /// Notes that a message came or changed; `messageOn` is `nil` for changes that are no new message.
  func touchThread(_ id: String, messageOn: Timestamp?, now: Timestamp) throws(StoreError) {
    let change = try nextChange(now)
    try connection.run(
      """
      UPDATE threads SET changed_on = ?, last_message_on = coalesce(?, last_message_on)
      WHERE id = ?
      """, change, messageOn, id)
    try connection.run("UPDATE participants SET changed_on = ? WHERE thread = ?", change, id)
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
        SELECT id, topic, created_on, created_by, deleted_on, last_message_on, threads.changed_on,
          threads.metadata, ifnull(retention_days, -1)
        FROM participants CROSS JOIN threads ON threads.id = participants.thread
        WHERE participants.identity = ?
          AND participants.changed_on < ? AND participants.changed_on >= ?
        ORDER BY participants.changed_on DESC LIMIT ?
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

  /// How long an answer is remembered.
  private static let memory = Duration.seconds(86_400)

  /// What a request was answered before, restarts included, and the thread that it made.
  func answer(
    to request: String, by identity: String, now: Timestamp
  ) throws(StoreError) -> (thread: String, body: String)? {
    try connection.run(
      "SELECT thread, body FROM repeatable WHERE identity = ? AND request = ? AND made_on >= ?",
      identity, request, now - Store.memory
    ).first.map { ($0.text(0), $0.text(1)) }
  }

  /// Remembers for a day what a request was answered.
  func remember(
    _ body: String, to request: String, by identity: String, thread: String, now: Timestamp
  ) throws(StoreError) {
    try connection.run("DELETE FROM repeatable WHERE made_on < ?", now - Store.memory)
    try connection.run(
      "INSERT OR REPLACE INTO repeatable VALUES (?, ?, ?, ?, ?)", identity, request, body, thread,
      now)
  }
}
