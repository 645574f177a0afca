import ACSTypes
import ACSWire
import SQLiteDatabase
import Services

/// A room as kept.
struct RoomRow: Hashable {
  let id: String
  let createdOn: Timestamp
  var validity: RoomValidity
  var pstnDialOutEnabled: Bool
}

extension RoomRow {
  /// Reads the columns from `first` on; the validity is kept as text, which holds microseconds.
  init(_ row: Row, from first: Int = 0) throws(StoreError) {
    id = row.text(first)
    createdOn = row.moment(first + 1)
    do throws(WireError) {
      validity = RoomValidity(
        from: try WireTime(json: .string(row.text(first + 2))),
        until: try WireTime(json: .string(row.text(first + 3))))
    } catch {
      throw StoreError(.damaged, "The times of room \(row.text(first)) cannot be read: \(error)")
    }
    pstnDialOutEnabled = row.integer(first + 4) != 0
  }
}

extension Store {
  static let roomTables: [StaticString] = [
    """
    CREATE TABLE rooms (
      place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
      created_on INTEGER NOT NULL, valid_from TEXT NOT NULL, valid_until TEXT NOT NULL,
      pstn_dial_out INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE room_participants (
      room TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE, identity TEXT NOT NULL,
      place INTEGER NOT NULL, role TEXT NOT NULL, PRIMARY KEY (room, identity)
    ) WITHOUT ROWID
    """,
    "CREATE UNIQUE INDEX room_participants_by_place ON room_participants (room, place)",
    """
    CREATE TABLE room_answers (
      request TEXT PRIMARY KEY, body TEXT NOT NULL, answer TEXT NOT NULL, made_on INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
  ]

  /// The room of that id.
  func room(_ id: String) throws(StoreError) -> RoomRow? {
    try connection.run(
      "SELECT id, created_on, valid_from, valid_until, pstn_dial_out FROM rooms WHERE id = ?", id
    ).first.map { row throws(StoreError) in try RoomRow(row) }
  }

  /// Rooms with their places, in the order in which they were made.
  func rooms(
    after place: Int, limit: Int
  ) throws(StoreError) -> [(place: Int64, room: RoomRow)] {
    try connection.run(
      """
      SELECT place, id, created_on, valid_from, valid_until, pstn_dial_out FROM rooms
      WHERE place > ? ORDER BY place LIMIT ?
      """, place, limit
    ).map { row throws(StoreError) in (row.integer(0), try RoomRow(row, from: 1)) }
  }

  /// Keeps a new room.
  func insertRoom(_ room: RoomRow) throws(StoreError) {
    try connection.run(
      """
      INSERT INTO rooms (id, created_on, valid_from, valid_until, pstn_dial_out)
      VALUES (?, ?, ?, ?, ?)
      """, room.id, room.createdOn, room.validity.from.text, room.validity.until.text,
      room.pstnDialOutEnabled ? 1 : 0)
  }

  /// Keeps what changed of a room.
  func updateRoom(_ room: RoomRow) throws(StoreError) {
    try connection.run(
      "UPDATE rooms SET valid_from = ?, valid_until = ?, pstn_dial_out = ? WHERE id = ?",
      room.validity.from.text, room.validity.until.text, room.pstnDialOutEnabled ? 1 : 0, room.id)
  }

  /// Forgets a room with its participants.
  func deleteRoom(_ id: String) throws(StoreError) {
    try connection.run("DELETE FROM rooms WHERE id = ?", id)
  }
}
