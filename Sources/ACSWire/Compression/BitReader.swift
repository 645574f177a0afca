/// Bits of a compressed text, the lowest of each byte first (RFC 1951, 3.1.1).
struct BitReader {
  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var held: UInt32 = 0
  private var count = 0

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The next `number` of bits, at most 16, as a number.
  mutating func bits(_ number: Int) throws(WireError) -> Int {
    while count < number {
      held |= UInt32(try nextByte()) << UInt32(count)
      count += 8
    }
    defer {
      held >>= UInt32(number)
      count -= number
    }
    return Int(held & (1 << UInt32(number) - 1))
  }

  /// Drops what is left of a byte that was begun.
  mutating func align() {
    held >>= UInt32(count % 8)
    count -= count % 8
  }

  /// The next whole bytes, after ``align()``.
  mutating func take(_ number: Int) throws(WireError) -> [UInt8] {
    var taken: [UInt8] = []
    for _ in 0..<number { taken.append(UInt8(try bits(8))) }
    return taken
  }

  private mutating func nextByte() throws(WireError) -> UInt8 {
    guard position < bytes.endIndex else {
      throw WireError(.badValue, "The compressed text ends too early.")
    }
    defer { position += 1 }
    return bytes[position]
  }
}
