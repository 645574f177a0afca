import ScriptKit

extension FuzzTarget {
  /// Scripts: checked as a whole, errors with their places; what is right stays right with other line ends.
  static let script = FuzzTarget("script", longestInput: 8192) { bytes in
    let errors = FuzzTarget.errors(in: bytes)
    let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
    // Fifty, and that there are more.
    try require(errors.count <= 51, "\(errors.count) errors are told")
    for error in errors {
      try require(!error.message.isEmpty, "a refusal without words")
      try require(
        (1...lines).contains(error.place.line) && error.place.column >= 0,
        "\(error) is not in the file, which has \(lines) lines")
      try require(
        files.contains(error.place.file), "\(error) is in a file that nobody included")
    }
    // A line feed ends a line with or without a carriage return before it; a second one is a part of the line.
    guard !isTwice(0x0D, before: UInt8(ascii: "\n"), in: bytes) else { return }
    let feeds = normalized(bytes)
    try requireEqual(
      places(of: FuzzTarget.errors(in: feeds)), places(of: errors), "with line feeds alone")
    guard errors.isEmpty else { return }
    let returns = feeds.flatMap { $0 == UInt8(ascii: "\n") ? [0x0D, 0x0A] : [$0] }
    try require(FuzzTarget.errors(in: returns).isEmpty, "a right script is wrong with CRLF")
  }

  private static let path = "fuzz.confab"
  private static let files = ["fuzz.confab", "steps", "headings", "itself"]

  /// What scripts can include: steps, headings, and a file that includes itself.
  private static func file(_ name: String) -> [UInt8]? {
    switch name {
    case "steps": Array("advance 1s\n".utf8)
    case "headings": Array("let greeting = \"Hello\"\n".utf8)
    case "itself": Array("include \"itself\"\n".utf8)
    default: nil
    }
  }

  private static func errors(in bytes: [UInt8]) -> [ScriptError] {
    do throws(ScriptErrors) {
      let script = try ScriptParser.parse(bytes, path: path, reader: file)
      // What was taken has at least a scene with a step, or it would have been refused.
      return script.scenes.isEmpty ? [ScriptError(.init(file: path, line: 1), "no scene")] : []
    } catch {
      return error.errors
    }
  }

  private static func places(of errors: [ScriptError]) -> [SourcePlace] { errors.map(\.place) }

  private static func isTwice(_ byte: UInt8, before end: UInt8, in bytes: [UInt8]) -> Bool {
    bytes.indices.dropFirst(2).contains { index in
      bytes[index] == end && bytes[index - 1] == byte && bytes[index - 2] == byte
    }
  }

  /// The bytes with one carriage return less before each line feed that has one.
  private static func normalized(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for byte in bytes {
      if byte == UInt8(ascii: "\n"), result.last == 0x0D { result.removeLast() }
      result.append(byte)
    }
    return result
  }
}
