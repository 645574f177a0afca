/// Lengths of time as people type them: `90s`, `15m`, `24h`, `1h30m`.
public enum DurationText {
  private static let units: [(Character, Int64)] = [
    ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
  ]

  /// The length that `text` means; `nil` when it is none.
  ///
  /// Each unit stands once, larger ones first.
  public static func duration(_ text: some StringProtocol) -> Duration? {
    var rest = Substring(text)
    var seconds: Int64 = 0
    var units = DurationText.units[...]
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { "0"..."9" ~= $0 }
      rest = rest.dropFirst(digits.count)
      guard let number = Int64(digits), let unit = rest.popFirst(),
        let place = units.firstIndex(where: { $0.0 == unit })
      else { return nil }
      let (part, isTooLong) = number.multipliedReportingOverflow(by: units[place].1)
      let (sum, isTooLongInAll) = seconds.addingReportingOverflow(part)
      guard !isTooLong, !isTooLongInAll else { return nil }
      seconds = sum
      units = units[(place + 1)...]
    }
    return .seconds(seconds)
  }

  /// Lengths in `range` that show how they are typed: `90s, 15m or 1h30m`.
  static func examples(in range: ClosedRange<Duration>) -> String {
    let fitting = ["90s", "15m", "1h30m", "12h"].filter { example in
      duration(example).map { range.contains($0) } ?? false
    }
    let shown = fitting.prefix(3)
    guard let last = shown.last else { return text(range.upperBound) }
    let others = shown.dropLast().joined(separator: ", ")
    return others.isEmpty ? last : "\(others) or \(last)"
  }

  /// The text that ``duration(_:)`` reads as `duration`, in the largest units.
  public static func text(_ duration: Duration) -> String {
    var seconds = duration.components.seconds
    var text = ""
    for (unit, length) in units where seconds >= length {
      text += "\(seconds / length)\(unit)"
      seconds %= length
    }
    return text.isEmpty ? "0s" : text
  }
}
