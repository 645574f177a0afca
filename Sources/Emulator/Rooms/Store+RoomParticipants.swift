import ACSTypes
import ACSWire
import SQLiteDatabase
import Services

extension Store {
  /// Participants with their places, in the order in which they came.
  func participants(
    of room: RoomRow, after place: Int, limit: Int
  ) throws(StoreError) -> [(place: Int64, participant: RoomParticipantModel)] {
    try connection.run(
      """
      SELECT place, identity, role FROM room_participants
      WHERE room = ? AND place > ? ORDER BY place LIMIT ?
      """, room.id, place, limit
    ).map { row in
      (
        row.integer(0),
        RoomParticipantModel(rawID: row.text(1), role: RoomRole(rawValue: row.text(2)))
      )
    }
  }

  /// Gives somebody a place at the end, or changes the role of who has one.
  func putParticipant(
    _ participant: RoomParticipantModel, in room: RoomRow
  ) throws(StoreError) {
    try connection.run(
      """
      INSERT INTO room_participants VALUES (
        ?1, ?2, (SELECT ifnull(max(place), 0) + 1 FROM room_participants WHERE room = ?1), ?3)
      ON CONFLICT (room, identity) DO UPDATE SET role = ?3
      """, room.id, participant.rawID, participant.role.rawValue)
  }

  /// Takes somebody's place.
  func removeParticipant(_ identity: String, from room: RoomRow) throws(StoreError) {
    try connection.run(
      "DELETE FROM room_participants WHERE room = ? AND identity = ?", room.id, identity)
  }
}
