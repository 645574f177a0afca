import ACSWire
import ServerProgram

/// What a command prints: results to standard output, everything else to standard error.
///
/// Words of services are made fit for a terminal: nothing in them moves its cursor or changes its colours.
struct Output: Sendable {
  /// Where a line goes.
  enum Stream: Hashable, Sendable {
    case output
    case error
  }

  /// True when results are JSON.
  let isJSON: Bool
  private let isQuiet: Bool
  private let write: @Sendable (Stream, String) -> Void

  init(
    isJSON: Bool, isQuiet: Bool,
    write: @escaping @Sendable (Stream, String) -> Void = Output.toStandardStreams
  ) {
    self.isJSON = isJSON
    self.isQuiet = isQuiet
    self.write = write
  }

  /// A result for people; nothing with `--json`.
  func say(_ line: String) {
    if !isJSON { write(.output, Output.printable(line)) }
  }

  /// The result for programs; nothing without `--json`.
  func say(json: JSONValue) {
    if isJSON { write(.output, Output.printable(json.text)) }
  }

  /// Something worth knowing that is no result; nothing with `--quiet`.
  func mention(_ line: String) {
    if !isQuiet { write(.error, Output.printable(line)) }
  }

  /// Something that went wrong.
  func complain(_ line: String) {
    write(.error, Output.printable(line))
  }

  private static let toStandardStreams: @Sendable (Stream, String) -> Void = { stream, line in
    switch stream {
    case .output: StandardStreams.output(line)
    case .error: StandardStreams.error(line)
    }
  }

  /// The text with control characters other than line feeds, and what turns text around, as U+FFFD.
  private static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: result.append(scalar)
      case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069:
        result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
