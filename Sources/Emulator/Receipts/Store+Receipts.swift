import Services
import SQLiteDatabase
import ACSTypes
import ACSWire

extension Store {
  /// Keeps the newest message that somebody has read; an older one than kept changes nothing.
  func insertReceipt(
    _ message: Int64, of identity: String, in thread: String, now: Timestamp
  ) throws(StoreError) {
    try connection.run(
      """
      INSERT INTO receipts VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET message = excluded.message, read_on = excluded.read_on
      WHERE excluded.message > message
      """, thread, identity, message, now)
  }

  /// The receipts of those who still take part, one each, latest first (WIRE 12.3).
  func receipts(in thread: String) throws(StoreError) -> [ReadReceiptModel] {
    try connection.run(
      """
      SELECT identity, message, read_on FROM receipts JOIN participants USING (thread, identity)
      WHERE thread = ? ORDER BY read_on DESC, identity
      """, thread
    ).map { row in
      ReadReceiptModel(
        sender: IdentifierModel(CommunicationIdentifier(rawID: row.text(0))),
        chatMessageID: String(row.integer(1)), readOn: WireTime(chat: row.moment(2)))
    }
  }
}
