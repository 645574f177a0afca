import ACSTypes
import ACSWire
import SQLiteDatabase
import Services

extension Store {
  /// How long an answer is remembered.
  private static let memory = Duration.seconds(86_400)

  /// What a request was answered before, restarts included.
  ///
  /// - Throws: ``Refusal`` with status 400 when its id came with another body.
  func answer(to request: RepeatableRequest) throws -> RoomModel? {
    guard
      let row = try connection.run(
        "SELECT body, answer FROM room_answers WHERE request = ?", request.id
      ).first
    else { return nil }
    guard row.text(0) == request.body else {
      throw Refusal(
        400, "BadRequest", "The Repeatability-Request-ID was used with another body.")
    }
    return try RoomModel(text: row.text(1))
  }

  /// Remembers a request's answer.
  func remember(
    _ answer: RoomModel, to request: RepeatableRequest, now: Timestamp
  ) throws(StoreError) {
    try connection.run("DELETE FROM room_answers WHERE made_on < ?", now - Store.memory)
    try connection.run(
      "INSERT OR REPLACE INTO room_answers VALUES (?, ?, ?, ?)", request.id, request.body,
      String(decoding: answer.bytes, as: UTF8.self), now)
  }
}
