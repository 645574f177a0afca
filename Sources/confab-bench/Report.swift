import FoundationEssentials

/// What counts as good enough; `Benchmarks/thresholds.json`.
struct Thresholds: Codable, Sendable {
  /// The client's first paint over the minimal program's.
  var paintRatio = 2.0
  /// The first paint of a client with many threads over that of one with few.
  var paintGrowth = 1.2
  /// The client's median from key to echo over the minimal program's.
  var echoRatio = 1.5
  /// Bytes that the client sends for a typed character.
  var bytesPerCharacter = 12.0
  /// Milliseconds of processor time that one poll of the service may take while idle.
  var idleMillisecondsPerPoll = 4.0
  /// Wake-ups that one poll of the service may take while idle, over all threads.
  var idleWakeUpsPerPoll = 24.0
}

/// One line of the table.
struct Measurement: Codable, Sendable {
  var name: String
  var unit: String
  var client: Double
  var minimal: Double
  /// What is compared with `limit`: the client's value, or how many times the minimal program's.
  var judged: Double?
  var limit: Double?
  var isGood: Bool
  /// True for counts, which are the same on every machine; times only inform, unless `--strict` is given.
  var isCount = false

  /// A line that only informs.
  init(_ name: String, _ unit: String, client: Double, minimal: Double) {
    self.name = name
    self.unit = unit
    self.client = client
    self.minimal = minimal
    isGood = true
  }

  /// A line whose `judged` value must not be above `limit`.
  init(
    _ name: String, _ unit: String, client: Double, minimal: Double, judged: Double, limit: Double,
    isCount: Bool = false
  ) {
    self.init(name, unit, client: client, minimal: minimal)
    self.judged = judged
    self.limit = limit
    isGood = judged <= limit
    self.isCount = isCount
  }
}

/// All that was measured.
struct Report: Codable, Sendable {
  var measurements: [Measurement]

  /// True when no limit was missed that decides: those of counts, and with `isStrict` those of times, too.
  func isGood(isStrict: Bool) -> Bool {
    measurements.allSatisfy { $0.isGood || !($0.isCount || isStrict) }
  }

  /// A table for a person.
  var table: String {
    let head = ["", "confab", "minimal C", "judged", "limit", ""]
    let lines =
      [head]
      + measurements.map { line in
        [
          "\(line.name), \(line.unit)", Self.number(line.client), Self.number(line.minimal),
          line.judged.map(Self.number) ?? "", line.limit.map { "≤ " + Self.number($0) } ?? "",
          line.isGood ? "" : "MISSED",
        ]
      }
    let widths = head.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      let columns = line.enumerated().map { index, text in
        let blanks = String(repeating: " ", count: widths[index] - text.count)
        return index == 0 ? text + blanks : blanks + text
      }
      return columns.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// The same for a program.
  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return try encoder.encode(self)
  }

  /// A number with three significant digits, or whole when it is large.
  private static func number(_ value: Double) -> String {
    let places = value >= 100 || value == value.rounded() ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3
    let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = Int((value * scale).rounded())
    guard places > 0 else { return String(scaled) }
    let fraction = String(scaled % Int(scale))
    return "\(scaled / Int(scale))."
      + String(repeating: "0", count: places - fraction.count) + fraction
  }
}
