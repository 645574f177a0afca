import ACSTypes
import Services
import SQLiteDatabase

/// A registration as kept.
struct RegistrationRow {
  let key: Registration.Key
  let epid: String
  let madeOn: Timestamp
  let expiresOn: Timestamp
}

/// An event as kept for a client that is away.
struct KeptEvent {
  let key: Registration.Key
  let listener: String
  let body: String
  let madeOn: Timestamp
}

extension Store {
  /// The tables of real-time events.
  static let realTimeTables: [StaticString] = [
    """
    CREATE TABLE registrations (
      identity TEXT NOT NULL, id TEXT NOT NULL, epid TEXT NOT NULL, made_on INTEGER NOT NULL,
      expires_on INTEGER NOT NULL, PRIMARY KEY (identity, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE kept_events (
      place INTEGER PRIMARY KEY, identity TEXT NOT NULL, registration TEXT NOT NULL,
      listener TEXT NOT NULL, body TEXT NOT NULL, made_on INTEGER NOT NULL
    )
    """,
    "CREATE INDEX kept_events_by_identity ON kept_events (identity)",
  ]

  /// All registrations, expired ones perhaps among them.
  func registrations() throws(StoreError) -> [RegistrationRow] {
    try connection.run(
      "SELECT identity, id, epid, made_on, expires_on FROM registrations ORDER BY made_on, id"
    ).map { row in
      RegistrationRow(
        key: Registration.Key(identity: row.text(0), id: row.text(1)), epid: row.text(2),
        madeOn: row.moment(3), expiresOn: row.moment(4))
    }
  }

  /// The events for those who are away, in their order.
  func keptEvents() throws(StoreError) -> [KeptEvent] {
    try connection.run(
      "SELECT identity, registration, listener, body, made_on FROM kept_events ORDER BY place"
    ).map { row in
      KeptEvent(
        key: Registration.Key(identity: row.text(0), id: row.text(1)), listener: row.text(2),
        body: row.text(3), madeOn: row.moment(4))
    }
  }

  /// Keeps an event until the client is back.
  func keep(_ event: KeptEvent) throws(StoreError) {
    try connection.run(
      "INSERT INTO kept_events VALUES (NULL, ?, ?, ?, ?, ?)", event.key.identity, event.key.id,
      event.listener, event.body, event.madeOn)
  }

  /// Makes these all the registrations and events that are kept of somebody.
  func replaceRegistrations(
    of identity: String, with rows: [RegistrationRow], _ events: [KeptEvent]
  ) throws(StoreError) {
    try connection.run("DELETE FROM registrations WHERE identity = ?", identity)
    try connection.run("DELETE FROM kept_events WHERE identity = ?", identity)
    for row in rows {
      try connection.run(
        "INSERT INTO registrations VALUES (?, ?, ?, ?, ?)", identity, row.key.id, row.epid,
        row.madeOn, row.expiresOn)
    }
    for event in events { try keep(event) }
  }

  /// Forgets what nobody is going to want.
  func forgetRegistrations(
    expiredBy now: Timestamp, eventsBefore moment: Timestamp
  ) throws(StoreError) {
    try connection.run("DELETE FROM registrations WHERE expires_on <= ?", now)
    try connection.run("DELETE FROM kept_events WHERE made_on <= ?", moment)
  }
}
