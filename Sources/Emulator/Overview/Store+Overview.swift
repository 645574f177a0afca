import SQLiteDatabase
import Services
import ACSTypes
import ACSWire

extension Store {
  /// How much there is, by name.
  func counts() throws(StoreError) -> [(name: String, count: Int64)] {
    let row = try connection.run(
      """
      SELECT (SELECT count(*) FROM identities WHERE deleted_on IS NULL),
        (SELECT count(*) FROM threads WHERE deleted_on IS NULL),
        (SELECT count(*) FROM messages), (SELECT count(*) FROM receipts),
        (SELECT count(*) FROM rooms), (SELECT count(*) FROM sms)
      """
    ).first
    let names = ["users", "threads", "messages", "receipts", "rooms", "sms"]
    return names.enumerated().map { ($1, row?.integer($0) ?? 0) }
  }

  /// The newest identities, newest first.
  func userOverview(limit: Int) throws(StoreError) -> [JSONValue] {
    try connection.run(
      """
      SELECT i.id, i.created_on, i.deleted_on, p.name,
        ifnull(
          (SELECT display_name FROM participants t
            WHERE t.identity = i.id AND display_name IS NOT NULL LIMIT 1), p.display_name),
        p.bot IS NOT NULL, (SELECT count(*) FROM participants t WHERE t.identity = i.id)
      FROM identities i LEFT JOIN people p ON p.identity = i.id
      ORDER BY i.created_on DESC, i.id LIMIT ?
      """, Int64(limit)
    ).map { row in
      var object: JSONObject = [
        "id": .string(row.text(0)), "createdOn": .string(row.moment(1).iso8601),
      ]
      object["deletedOn"] = row.optionalMoment(2).map { .string($0.iso8601) }
      object["name"] = row.optionalText(3).map(JSONValue.string)
      object["displayName"] = row.optionalText(4).map(JSONValue.string)
      object["bot"] = .bool(row.integer(5) != 0)
      object["threads"] = .integer(row.integer(6))
      return .object(object)
    }
  }

  /// The threads that changed last, the newest first.
  func threadOverview(limit: Int) throws(StoreError) -> [JSONValue] {
    try connection.run(
      """
      SELECT t.id, t.topic, t.created_on, t.created_by, t.deleted_on, t.last_message_on,
        (SELECT count(*) FROM participants p WHERE p.thread = t.id),
        (SELECT count(*) FROM messages m WHERE m.thread = t.id)
      FROM threads t ORDER BY t.changed_on DESC LIMIT ?
      """, Int64(limit)
    ).map { row in
      var object: JSONObject = [
        "id": .string(row.text(0)), "topic": .string(row.text(1)),
        "createdOn": .string(row.moment(2).iso8601), "createdBy": .string(row.text(3)),
      ]
      object["deletedOn"] = row.optionalMoment(4).map { .string($0.iso8601) }
      object["lastMessageOn"] = row.optionalMoment(5).map { .string($0.iso8601) }
      object["participants"] = .integer(row.integer(6))
      object["messages"] = .integer(row.integer(7))
      return .object(object)
    }
  }
}
