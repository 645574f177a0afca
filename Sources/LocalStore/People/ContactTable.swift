import ACSTypes
import SQLiteDatabase
import Services

/// The rows of people's names.
struct ContactTable {
  let connection: SQLiteConnection

  func all() throws(StoreError) -> [CommunicationIdentifier: String] {
    let rows = try connection.run("SELECT id, name FROM contacts")
    var names: [CommunicationIdentifier: String] = [:]
    names.reserveCapacity(rows.count)
    for row in rows { names[CommunicationIdentifier(rawID: row.text(0))] = row.text(1) }
    return names
  }

  func put(_ name: String, for person: CommunicationIdentifier) throws(StoreError) {
    guard !name.isEmpty else {
      try connection.run("DELETE FROM contacts WHERE id = ?", person.rawID)
      return
    }
    try connection.run(
      "INSERT INTO contacts VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET name = ?2",
      person.rawID, name)
  }
}
