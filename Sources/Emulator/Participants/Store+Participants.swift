import Services
import SQLiteDatabase
import ACSTypes
import ACSWire

/// Somebody's place in a thread, as kept.
struct ParticipantRow: Hashable {
  let identity: String
  var displayName: String?
  /// Earlier messages are hidden from them.
  var shareHistoryTime = Timestamp.epoch
  /// A JSON object.
  var metadata: String?
}

extension ParticipantRow {
  init(_ row: Row) {
    self.init(
      identity: row.text(0), displayName: row.optionalText(1), shareHistoryTime: row.moment(2),
      metadata: row.optionalText(3))
  }
}

extension ChatParticipantModel {
  init(_ row: ParticipantRow) {
    self.init(
      identifier: IdentifierModel(CommunicationIdentifier(rawID: row.identity)),
      displayName: row.displayName, shareHistoryTime: WireTime(chat: row.shareHistoryTime))
  }

  /// The same with metadata, for who asks by a version that has it.
  init(_ row: ParticipantRow, to exchange: Exchange) {
    self.init(row)
    metadata = exchange.hasThreadMetadata ? Metadata.object(row.metadata) : nil
  }
}

extension Store {
  /// Somebody's place in a thread; `nil` for who does not take part.
  func participant(
    _ identity: String, in thread: String
  ) throws(StoreError) -> ParticipantRow? {
    try connection.run(
      """
      SELECT identity, display_name, share_history_time, metadata FROM participants
      WHERE thread = ? AND identity = ?
      """, thread, identity
    ).first.map(ParticipantRow.init)
  }

  /// Who takes part, in the order in which they came.
  func participants(in thread: String) throws(StoreError) -> [ParticipantRow] {
    try connection.run(
      """
      SELECT identity, display_name, share_history_time, metadata FROM participants
      WHERE thread = ? ORDER BY place
      """, thread
    ).map(ParticipantRow.init)
  }

  /// Gives somebody a place at the end, or changes name, history and metadata of who has one.
  func insertParticipant(_ person: ParticipantRow, in thread: String) throws(StoreError) {
    try connection.run(
      """
      INSERT INTO participants
      VALUES (?1, ?2, (SELECT ifnull(max(place), 0) + 1 FROM participants WHERE thread = ?1), ?3, ?4,
        ?5, (SELECT changed_on FROM threads WHERE id = ?1))
      ON CONFLICT DO UPDATE SET display_name = ?3, share_history_time = ?4, metadata = ?5
      """, thread, person.identity, person.displayName, person.shareHistoryTime, person.metadata)
  }

  /// Takes somebody's place.
  func removeParticipant(_ identity: String, from thread: String) throws(StoreError) {
    try connection.run(
      "DELETE FROM participants WHERE thread = ? AND identity = ?", thread, identity)
  }
}
