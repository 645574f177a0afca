import KeyInput

extension FuzzTarget {
  /// The bytes of a terminal: however they are cut, the same keys come out, and no memory is kept for nothing.
  static let keys = FuzzTarget("keys", longestInput: 2048) { bytes in
    let whole = keys(of: [bytes])
    try requireEqual(keys(of: bytes.map { [$0] }), whole, "byte by byte")
    let middle = bytes.count / 2
    try requireEqual(
      keys(of: [Array(bytes[..<middle]), Array(bytes[middle...])]), whole, "in two pieces")
  }

  private static func keys(of pieces: [[UInt8]]) -> [TerminalInput] {
    var decoder = InputDecoder()
    var found: [TerminalInput] = []
    for piece in pieces { found += decoder.consume(piece) }
    return found + decoder.timedOut()
  }
}
