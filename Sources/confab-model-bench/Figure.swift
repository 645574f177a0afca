/// Something that was measured, and what is wanted of it.
struct Figure {
  let name: String
  let value: Double
  let unit: String
  let limit: Double
  /// True where more is better.
  let isLeast: Bool

  /// True when it is as good as wanted.
  var isMet: Bool { isLeast ? value >= limit : value <= limit }

  /// A line for people.
  var line: String {
    "\(name): \(Figure.text(value)) \(unit), wanted \(isLeast ? "at least" : "at most") "
      + "\(Figure.text(limit)) \(isMet ? "" : "(MISSED)")"
  }

  private static func text(_ number: Double) -> String {
    guard number < 100 else { return String(Int(number)) }
    let hundredths = Int(number * 100)
    let cents = String(hundredths % 100)
    return "\(hundredths / 100).\(cents.utf8.count < 2 ? "0" : "")\(cents)"
  }
}

extension [Double] {
  /// The middle one; 0 of none.
  var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}
