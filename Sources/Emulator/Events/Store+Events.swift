import ACSTypes
import SQLiteDatabase
import Services

/// An event on its way to a web hook, or given up.
struct EventRow {
  let id: Int64
  let url: String
  let type: String
  /// One event as JSON, without the list around it.
  let event: String
  let madeOn: Timestamp
  /// `nil` when it is given up.
  var dueOn: Timestamp?
  var attempts: Int
  var triedOn: Timestamp?
  /// What the web hook answered last; `nil` when it did not.
  var status: Int64?
  var death: String?
}

extension EventRow {
  init(_ row: Row) {
    id = row.integer(0)
    url = row.text(1)
    type = row.text(2)
    event = row.text(3)
    madeOn = Timestamp(milliseconds: row.integer(4))
    dueOn = row.optionalMoment(5)
    attempts = Int(row.integer(6))
    triedOn = row.optionalMoment(7)
    status = row.optionalMoment(8)?.milliseconds
    death = row.optionalText(9)
  }
}

extension Store {
  static let eventTables: [StaticString] = [
    """
    CREATE TABLE events (
      id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL, type TEXT NOT NULL,
      event TEXT NOT NULL, made_on INTEGER NOT NULL, due_on INTEGER, attempts INTEGER NOT NULL,
      tried_on INTEGER, status INTEGER, death TEXT
    )
    """,
    "CREATE INDEX events_by_due ON events (url, due_on, id) WHERE due_on IS NOT NULL",
    "CREATE INDEX events_dead ON events (id) WHERE due_on IS NULL",
    "ALTER TABLE subscriptions ADD COLUMN options TEXT",
    "ALTER TABLE subscriptions ADD COLUMN validated INTEGER NOT NULL DEFAULT 0",
  ]

  /// Events that were given up are kept up to this number, the newest ones.
  static let deadEvents = 10_000

  /// Lines an event up.
  func insertEvent(url: String, type: String, event: String, now: Timestamp) throws(StoreError) {
    try connection.run(
      "INSERT INTO events (url, type, event, made_on, due_on, attempts) VALUES (?, ?, ?, ?, ?, 0)",
      url, type, event, now, now)
  }

  /// The events for a web hook that are due, those that are due longest first.
  func dueEvents(for url: String, now: Timestamp, limit: Int) throws(StoreError) -> [EventRow] {
    try connection.run(
      """
      SELECT id, url, type, event, made_on, due_on, attempts, tried_on, status, death FROM events
      WHERE url = ? AND due_on <= ? ORDER BY due_on, id LIMIT ?
      """, url, now, limit
    ).map(EventRow.init)
  }

  /// When the next event for a web hook is due.
  func nextEvent(for url: String) throws(StoreError) -> Timestamp? {
    try connection.run(
      "SELECT due_on FROM events WHERE url = ? AND due_on IS NOT NULL ORDER BY due_on LIMIT 1", url
    ).first?.optionalMoment(0)
  }

  /// The events that wait, or those that were given up; the newest last.
  func events(dead isDead: Bool, limit: Int) throws(StoreError) -> [EventRow] {
    let rows =
      isDead
      ? try connection.run(
        """
        SELECT id, url, type, event, made_on, due_on, attempts, tried_on, status, death FROM events
        WHERE due_on IS NULL ORDER BY id DESC LIMIT ?
        """, limit)
      : try connection.run(
        """
        SELECT id, url, type, event, made_on, due_on, attempts, tried_on, status, death FROM events
        WHERE due_on IS NOT NULL ORDER BY id DESC LIMIT ?
        """, limit)
    return rows.reversed().map(EventRow.init)
  }

  /// The event of that id; `nil` when it was delivered, or is gone.
  func event(_ id: Int64) throws(StoreError) -> EventRow? {
    try connection.run(
      """
      SELECT id, url, type, event, made_on, due_on, attempts, tried_on, status, death FROM events
      WHERE id = ?
      """, id
    ).first.map(EventRow.init)
  }

  /// Forgets an event.
  func removeEvent(_ id: Int64) throws(StoreError) {
    try connection.run("DELETE FROM events WHERE id = ?", id)
  }

  /// Keeps what became of an event.
  func updateEvent(_ row: EventRow) throws(StoreError) {
    try connection.run(
      """
      UPDATE events SET due_on = ?, attempts = ?, tried_on = ?, status = ?, death = ? WHERE id = ?
      """, row.dueOn, row.attempts, row.triedOn, row.status, row.death, row.id)
    guard row.death != nil else { return }
    try connection.run(
      """
      DELETE FROM events WHERE due_on IS NULL AND id <=
        (SELECT id FROM events WHERE due_on IS NULL ORDER BY id DESC LIMIT 1 OFFSET ?)
      """, Store.deadEvents)
  }

  /// Lets events that were given up begin anew; all, or one.
  ///
  /// - Returns: How many.
  func reviveEvents(_ id: Int64?, now: Timestamp) throws(StoreError) -> Int {
    try connection.run(
      """
      UPDATE events SET due_on = ?, made_on = ?, attempts = 0, death = NULL
      WHERE due_on IS NULL AND (? IS NULL OR id = ?) RETURNING id
      """, now, now, id, id
    ).count
  }

  /// Forgets all events that were given up.
  func removeDeadEvents() throws(StoreError) {
    try connection.run("DELETE FROM events WHERE due_on IS NULL")
  }

  /// Forgets the events that wait for a web hook.
  func removeEvents(for url: String) throws(StoreError) {
    try connection.run("DELETE FROM events WHERE url = ? AND due_on IS NOT NULL", url)
  }

  /// The web hooks that were registered through the administration interface.
  func subscriptions() throws(StoreError) -> [(id: String, url: String, options: String?, Bool)] {
    try connection.run("SELECT id, url, options, validated FROM subscriptions ORDER BY rowid").map {
      ($0.text(0), $0.text(1), $0.optionalText(2), $0.integer(3) == 1)
    }
  }

  /// Keeps a web hook.
  func insertSubscription(id: String, url: String, options: String) throws(StoreError) {
    try connection.run("INSERT INTO subscriptions VALUES (?, ?, ?, 0)", id, url, options)
  }

  /// Keeps other options of a web hook.
  func keepOptions(_ options: String, of id: String) throws(StoreError) {
    try connection.run("UPDATE subscriptions SET options = ? WHERE id = ?", options, id)
  }

  /// Keeps that a web hook proved itself.
  func keepValidated(_ id: String) throws(StoreError) {
    try connection.run("UPDATE subscriptions SET validated = 1 WHERE id = ?", id)
  }

  /// Forgets a web hook.
  func removeSubscription(_ id: String) throws(StoreError) {
    try connection.run("DELETE FROM subscriptions WHERE id = ?", id)
  }
}
