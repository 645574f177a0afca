/// Lengths of time as people type them: `90s`, `15m`, `24h`, `1h30m`, `250ms`.
public enum DurationText {
  /// The units with their milliseconds.
  private static let units: [(name: String, length: Int64)] = [
    ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
  ]

  /// The length that `text` means; `nil` when it is none.
  ///
  /// Each unit stands once, larger ones first.
  public static func duration(_ text: some StringProtocol) -> Duration? {
    var rest = Substring(text)
    var milliseconds: Int64 = 0
    var units = DurationText.units[...]
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { "0"..."9" ~= $0 }
      rest = rest.dropFirst(digits.count)
      let name = rest.prefix { !("0"..."9" ~= $0) }
      rest = rest.dropFirst(name.count)
      guard let number = Int64(digits), let place = units.firstIndex(where: { $0.name == name })
      else { return nil }
      let (part, isTooLong) = number.multipliedReportingOverflow(by: units[place].length)
      let (sum, isTooLongInAll) = milliseconds.addingReportingOverflow(part)
      guard !isTooLong, !isTooLongInAll else { return nil }
      milliseconds = sum
      units = units[(place + 1)...]
    }
    return .milliseconds(milliseconds)
  }

  /// Lengths in `range` that show how they are typed: `90s, 15m or 1h30m`.
  static func examples(in range: ClosedRange<Duration>) -> String {
    let fitting = ["90s", "15m", "1h30m", "12h"].filter { example in
      duration(example).map { range.contains($0) } ?? false
    }
    let shown = takesMilliseconds(range) ? ["250ms"] + fitting.prefix(2) : fitting.prefix(3)
    guard let last = shown.last else { return text(range.upperBound) }
    let others = shown.dropLast().joined(separator: ", ")
    return others.isEmpty ? last : "\(others) or \(last)"
  }

  /// Where whole seconds are least, nobody needs parts of them.
  static func takesMilliseconds(_ range: ClosedRange<Duration>) -> Bool {
    range.lowerBound < .seconds(1)
  }

  /// The text that ``duration(_:)`` reads as `duration`, in the largest units.
  public static func text(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    var milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    var text = ""
    for (unit, length) in units where milliseconds >= length {
      text += "\(milliseconds / length)\(unit)"
      milliseconds %= length
    }
    return text.isEmpty ? "0s" : text
  }
}
