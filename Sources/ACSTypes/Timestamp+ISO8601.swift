/// A date and time of day in UTC, by the proleptic Gregorian calendar.
public struct CalendarTime: Hashable, Sendable {
  /// Year, month 1–12, day 1–31, hour 0–23, minute 0–59, second 0–59, millisecond 0–999.
  public var year, month, day, hour, minute, second, millisecond: Int

  /// The UTC calendar time of `moment`.
  public init(_ moment: Timestamp) {
    let seconds = moment.seconds
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = Int(seconds - days * 86_400)
    (year, month, day) = CalendarTime.civil(fromDays: Int(days))
    hour = rest / 3600
    minute = rest % 3600 / 60
    second = rest % 60
    millisecond = Int(moment.milliseconds &- seconds &* 1000)
  }

  /// Days from the epoch to the given date.
  static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func civil(fromDays days: Int) -> (Int, Int, Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}

extension Timestamp {
  /// Reads an RFC 3339 moment: `Z` or a numeric offset, 0–9 fraction digits (those past the
  /// third are dropped).
  ///
  /// - Returns: `nil` for anything else, impossible dates and times included.
  public init?(iso8601 text: some StringProtocol) {
    var scanner = DigitScanner(text.utf8)
    guard let year = scanner.digits(4), scanner.skip("-"),
      let month = scanner.digits(2), scanner.skip("-"),
      let day = scanner.digits(2), scanner.skip("T") || scanner.skip("t") || scanner.skip(" "),
      let hour = scanner.digits(2), scanner.skip(":"),
      let minute = scanner.digits(2), scanner.skip(":"),
      let second = scanner.digits(2),
      (1...12).contains(month), day >= 1, day <= Timestamp.daysIn(month: month, year: year),
      hour < 24, minute < 60, second < 61,
      let millisecond = scanner.fraction(), let offset = scanner.offset(), scanner.isAtEnd
    else { return nil }
    let days = CalendarTime.days(year: year, month: month, day: day)
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset * 60
    self.init(milliseconds: Int64(seconds) * 1000 + Int64(millisecond))
  }

  /// `2026-11-21T02:29:57Z`, as Chat writes times: whole seconds (WIRE 4.2).
  public var iso8601: String {
    let time = CalendarTime(self)
    return "\(dateText(time))T\(clockText(time))Z"
  }

  /// `2026-11-21T02:29:57.123Z`, with milliseconds.
  public var iso8601WithMilliseconds: String {
    let time = CalendarTime(self)
    return "\(dateText(time))T\(clockText(time)).\(padded(time.millisecond, 3))Z"
  }

  /// `2026-11-21T02:29:57.123000+00:00`, as Identity writes expiries (WIRE 3).
  public var iso8601WithOffset: String {
    let time = CalendarTime(self)
    return "\(dateText(time))T\(clockText(time)).\(padded(time.millisecond, 3))000+00:00"
  }

  /// `Sat, 21 Nov 2026 02:29:57 GMT`, the form of HTTP's dates and of `x-ms-date` (WIRE 1.2).
  public var httpDate: String {
    let time = CalendarTime(self)
    let days = CalendarTime.days(year: time.year, month: time.month, day: time.day)
    let weekday = weekdayNames[((days % 7) + 11) % 7]
    let date = "\(padded(time.day, 2)) \(monthNames[time.month - 1]) \(padded(time.year, 4))"
    return "\(weekday), \(date) \(clockText(time)) GMT"
  }

  /// Reads the form that ``httpDate`` writes; the weekday is not checked.
  ///
  /// - Returns: `nil` for anything else.
  public init?(httpDate text: some StringProtocol) {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT" || parts[5] == "UTC",
      let day = Int(parts[1]), let month = monthNames.firstIndex(of: String(parts[2])),
      let year = Int(parts[3]), parts[3].utf8.count == 4
    else { return nil }
    let date = "\(padded(year, 4))-\(padded(month + 1, 2))-\(padded(day, 2))"
    self.init(iso8601: "\(date)T\(parts[4])Z")
  }

  private static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

private let weekdayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
private let monthNames = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

private func dateText(_ time: CalendarTime) -> String {
  "\(padded(time.year, 4))-\(padded(time.month, 2))-\(padded(time.day, 2))"
}

private func clockText(_ time: CalendarTime) -> String {
  "\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
}

/// Walks over fixed-width numbers and the marks between them.
private struct DigitScanner<Bytes: Collection> where Bytes.Element == UInt8 {
  private let bytes: Bytes
  private var index: Bytes.Index

  init(_ bytes: Bytes) {
    self.bytes = bytes
    self.index = bytes.startIndex
  }

  var isAtEnd: Bool { index == bytes.endIndex }

  mutating func skip(_ mark: Character) -> Bool {
    guard index < bytes.endIndex, bytes[index] == mark.asciiValue else { return false }
    index = bytes.index(after: index)
    return true
  }

  mutating func digits(_ count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = nextDigit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  mutating func fraction() -> Int? {
    guard skip(".") else { return 0 }
    var value = 0
    var count = 0
    while let digit = nextDigit() {
      if count < 3 { value = value * 10 + digit }
      count += 1
    }
    guard (1...9).contains(count) else { return nil }
    while count < 3 {
      value *= 10
      count += 1
    }
    return value
  }

  /// Minutes east of UTC.
  mutating func offset() -> Int? {
    if skip("Z") || skip("z") { return 0 }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hours = digits(2), skip(":"), let minutes = digits(2),
      hours < 24, minutes < 60
    else { return nil }
    return sign * (hours * 60 + minutes)
  }

  private mutating func nextDigit() -> Int? {
    guard index < bytes.endIndex, (48...57).contains(bytes[index]) else { return nil }
    defer { index = bytes.index(after: index) }
    return Int(bytes[index]) - 48
  }
}
