/// A code of which only the lengths are told (RFC 1951, 3.2.2).
struct HuffmanCode {
  /// How many symbols have a code of so many bits.
  private var counts = [Int](repeating: 0, count: 16)
  /// The symbols in the order of their codes.
  private var symbols: [Int] = []

  /// The code whose symbol `n` has `lengths[n]` bits; none where that is 0.
  ///
  /// - Throws: ``WireError`` when there are more codes than fit.
  init(lengths: ArraySlice<Int>) throws(WireError) {
    for length in lengths { counts[length] += 1 }
    counts[0] = 0
    var free = 1
    for length in 1...15 {
      free = free * 2 - counts[length]
      guard free >= 0 else { throw WireError(.badValue, "The compressed text has a wrong code.") }
    }
    for length in 1...15 {
      for (symbol, own) in zip(0..., lengths) where own == length { symbols.append(symbol) }
    }
  }

  /// The next symbol.
  func symbol(_ reader: inout BitReader) throws(WireError) -> Int {
    var (code, first, index) = (0, 0, 0)
    for length in 1...15 {
      code |= try reader.bits(1)
      let count = counts[length]
      if code - first < count { return symbols[index + code - first] }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw WireError(.badValue, "The compressed text has a code that means nothing.")
  }
}
