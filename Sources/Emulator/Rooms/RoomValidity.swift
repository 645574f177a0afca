import ACSTypes
import ACSWire

/// When people can join a room.
struct RoomValidity: Hashable {
  /// How long that may be, and is when nobody says.
  static let longest = Duration.seconds(180 * 86_400)

  let from: WireTime
  let until: WireTime

  /// A validity as kept.
  init(from: WireTime, until: WireTime) {
    self.from = from
    self.until = until
  }

  /// The times that a request gives; `nil` for `from` is now, and for `until` 180 days from now (WIRE 12.8).
  ///
  /// What is past of them does not count as length, so that a client whose clock is behind can say "from now".
  ///
  /// - Throws: ``Refusal`` with status 400 when nobody could ever join, or for too long.
  init(_ from: WireTime?, _ until: WireTime?, now: Timestamp) throws(Refusal) {
    self.from = WireTime(rooms: from ?? WireTime(identity: now))
    self.until = WireTime(rooms: until ?? WireTime(identity: now + RoomValidity.longest))
    let (start, end) = (self.from.moment, self.until.moment)
    guard end > now else {
      throw Refusal(
        400, "BadRequest", "ValidUntil should be in the future.", target: "validUntil",
        why: "validUntil is \(self.until.text) and now is \(now.iso8601).")
    }
    guard end > start else {
      throw Refusal(
        400, "BadRequest", "ValidUntil should be after ValidFrom.", target: "validUntil",
        why: "validFrom is \(self.from.text) and validUntil \(self.until.text); without "
          + "validUntil it is 180 days from now.")
    }
    guard end - max(start, now) <= RoomValidity.longest else {
      throw Refusal(
        400, "BadRequest", "A room can be valid for 180 days at most.", target: "validUntil",
        why: "From \(self.from.text) to \(self.until.text) are more than 180 days.")
    }
  }
}
