import ACSTypes
import ACSWire

extension FuzzTarget {
  /// Times as services write them, and durations of the command line.
  static let times = FuzzTarget("times", longestInput: 80) { bytes in
    let source = decoded(bytes)
    if let moment = Timestamp(iso8601: source) { try check(moment) }
    if let moment = Timestamp(httpDate: source) { try check(moment) }
    if let time = try? WireTime(json: .string(source)) {
      _ = WireTime(rooms: time)
      _ = WireTime(chat: time.moment)
    }
    if let number = Int64(source) {
      let moment = Timestamp(milliseconds: number)
      _ = (moment.httpDate, moment.iso8601, Timestamp(seconds: number).iso8601)
      _ = moment + .seconds(number) - Timestamp.epoch
    }
  }

  /// Every form in which a moment is written is read again.
  private static func check(_ moment: Timestamp) throws {
    // The year that follows 9999, by an offset, has no form of four digits.
    guard (0...9999).contains(CalendarTime(moment).year) else { return }
    try requireEqual(
      Timestamp(iso8601: moment.iso8601WithMilliseconds), moment, "with milliseconds")
    try requireEqual(Timestamp(iso8601: moment.iso8601WithOffset), moment, "with an offset")
    let whole = Timestamp(seconds: moment.seconds)
    try requireEqual(Timestamp(iso8601: moment.iso8601), whole, "in whole seconds")
    try requireEqual(Timestamp(httpDate: moment.httpDate), whole, "as a date of HTTP")
  }
}
