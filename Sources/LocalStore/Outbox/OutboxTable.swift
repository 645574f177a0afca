import ACSTypes
import SQLiteDatabase
import Services

/// The rows of what is not yet acknowledged.
struct OutboxTable {
  let connection: SQLiteConnection

  /// Oldest first; of those written at one moment, the first that was kept.
  func all() throws(StoreError) -> [OutboxRecord] {
    let rows = try connection.run(
      "SELECT client_id, written, record FROM outbox ORDER BY written, number")
    var records: [OutboxRecord] = []
    for row in rows {
      records.append(
        try OutboxRecord(
          clientID: row.text(0), writtenOn: row.moment(1), record: row.bytes(2)))
    }
    return records
  }

  func put(_ record: OutboxRecord) throws(StoreError) {
    try connection.run(
      """
      INSERT INTO outbox (client_id, written, record) VALUES (?1, ?2, ?3)
      ON CONFLICT (client_id) DO UPDATE SET written = ?2, record = ?3
      """, record.clientID, record.writtenOn, record.record)
  }

  func remove(_ clientID: String) throws(StoreError) {
    try connection.run("DELETE FROM outbox WHERE client_id = ?", clientID)
  }
}
