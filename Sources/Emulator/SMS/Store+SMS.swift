import ACSTypes
import SQLiteDatabase
import Services

extension Store {
  /// The tables of SMS.
  static let smsTables: [StaticString] = [
    """
    CREATE TABLE sms (
      place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, is_incoming INTEGER NOT NULL,
      sent_on INTEGER NOT NULL, sender TEXT NOT NULL, recipient TEXT NOT NULL,
      message TEXT NOT NULL, tag TEXT, status TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE repeatable_sms (
      request TEXT NOT NULL, recipient TEXT NOT NULL, content TEXT NOT NULL,
      message TEXT NOT NULL, made_on INTEGER NOT NULL, PRIMARY KEY (request, recipient)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE opt_outs (
      sender TEXT NOT NULL, recipient TEXT NOT NULL, PRIMARY KEY (sender, recipient)
    ) WITHOUT ROWID
    """,
  ]

  /// Keeps a message.
  func insert(_ message: SMSMessage) throws(StoreError) {
    try connection.run(
      "INSERT INTO sms VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", message.id,
      message.isIncoming ? 1 : 0, message.sentOn, message.from, message.to, message.text,
      message.tag, message.status.rawValue)
  }

  /// The newest messages, oldest of them first.
  func messagesBySMS(limit: Int) throws(StoreError) -> [SMSMessage] {
    try connection.run(
      """
      SELECT id, is_incoming, sent_on, sender, recipient, message, tag, status FROM sms
      ORDER BY place DESC LIMIT ?
      """, limit
    ).reversed().map { row in
      SMSMessage(
        id: row.text(0), isIncoming: row.integer(1) != 0, sentOn: row.moment(2),
        from: row.text(3), to: row.text(4), text: row.text(5), tag: row.optionalText(6),
        status: SMSMessage.Status(rawValue: row.text(7)) ?? .delivered)
    }
  }

  /// What a request of that id sent to a recipient before.
  func repeatedSMS(
    _ request: String, to recipient: String
  ) throws(StoreError) -> (content: String, message: String)? {
    try connection.run(
      "SELECT content, message FROM repeatable_sms WHERE request = ? AND recipient = ?", request,
      recipient
    ).first.map { ($0.text(0), $0.text(1)) }
  }

  /// Remembers what a request sent.
  func remember(
    sms request: String, to recipient: String, content: String, as message: String, now: Timestamp
  ) throws(StoreError) {
    try connection.run(
      "INSERT INTO repeatable_sms VALUES (?, ?, ?, ?, ?)", request, recipient, content, message,
      now)
  }

  /// True when the recipient wants to hear nothing of the sender.
  func isOptedOut(_ recipient: String, from sender: String) throws(StoreError) -> Bool {
    let rows = try connection.run(
      "SELECT 1 FROM opt_outs WHERE sender = ? AND recipient = ?", sender, recipient)
    return !rows.isEmpty
  }

  /// Puts a recipient on the sender's list.
  func optOut(_ recipient: String, from sender: String) throws(StoreError) {
    try connection.run("INSERT OR IGNORE INTO opt_outs VALUES (?, ?)", sender, recipient)
  }

  /// Takes a recipient off the sender's list.
  func optIn(_ recipient: String, from sender: String) throws(StoreError) {
    try connection.run("DELETE FROM opt_outs WHERE sender = ? AND recipient = ?", sender, recipient)
  }
}
