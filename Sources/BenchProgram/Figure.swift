import ArgumentTable

/// Something that was measured, and what is wanted of it.
public struct Figure: Sendable {
  /// What was measured, for people.
  public let name: String
  /// What came out.
  public let value: Double
  /// What `value` counts; empty when the name tells.
  public let unit: String
  /// What more is known of it, such as its spread; empty for nothing.
  public let detail: String
  private let limit: Double?
  private let isLeast: Bool

  /// A figure of which at least `limit` is wanted.
  public init(_ name: String, _ value: Double, _ unit: String, atLeast limit: Double) {
    self.init(name, value, unit, detail: "", limit: limit, isLeast: true)
  }

  /// A figure of which no more than `limit` is wanted; `nil` when it only informs.
  public init(
    _ name: String, _ value: Double, _ unit: String, atMost limit: Double?, _ detail: String = ""
  ) {
    self.init(name, value, unit, detail: detail, limit: limit, isLeast: false)
  }

  private init(
    _ name: String, _ value: Double, _ unit: String, detail: String, limit: Double?, isLeast: Bool
  ) {
    self.name = name
    self.value = value
    self.unit = unit
    self.detail = detail
    self.limit = limit
    self.isLeast = isLeast
  }

  /// True when it is as good as wanted, or nothing is wanted.
  public var isMet: Bool {
    guard let limit else { return true }
    return isLeast ? value >= limit : value <= limit
  }

  /// A line for people.
  public var line: String {
    var line = "\(name): \(Figure.text(value))\(unit.isEmpty ? "" : " \(unit)")"
    if !detail.isEmpty { line += " (\(detail))" }
    guard let limit else { return line }
    return line + ", wanted \(isLeast ? "at least" : "at most") \(Figure.text(limit))"
      + (isMet ? "" : " (MISSED)")
  }

  /// The number with three digits that count, or whole when it is large.
  public static func text(_ number: Double) -> String {
    guard number < 100, number >= 0 else { return String(Int(number.rounded())) }
    let scale = number < 10 ? 100 : 10
    let scaled = Int((number * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    let zeros = String(repeating: "0", count: (scale == 100 ? 2 : 1) - fraction.utf8.count)
    return "\(scaled / scale).\(zeros)\(fraction)"
  }
}

extension [Figure] {
  /// Says each on a line, and gives the program's exit code: ``ExitCode/unavailable`` when one is missed and `isChecked`.
  public func tell(isChecked: Bool) -> Int32 {
    for figure in self { BenchProgram.say(figure.line) }
    let isGood = !isChecked || allSatisfy(\.isMet)
    return (isGood ? ExitCode.done : ExitCode.unavailable).rawValue
  }
}
