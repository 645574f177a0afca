/// Reads what was compressed by gzip (RFC 1952, RFC 1951), as some real-time events are (REALTIME 4.4).
enum GZipText {
  /// More than an event can have; what claims to grow beyond it is refused.
  static let limit = 4 << 20

  /// The bytes that were compressed; checksums are not looked at, for what reads the text finds what is wrong with it.
  ///
  /// - Throws: ``WireError`` with code `.badValue` for anything else, and for more than ``limit`` bytes.
  static func bytes(_ compressed: [UInt8]) throws(WireError) -> [UInt8] {
    guard compressed.count >= 18, compressed.starts(with: [0x1F, 0x8B, 8]) else {
      throw WireError(.badValue, "This is not compressed by gzip.")
    }
    let flags = compressed[3]
    var start = 10
    if flags & 4 != 0 {
      start += 2 + Int(compressed[10]) + Int(compressed[11]) << 8
    }
    // A name and a comment, each ended by a zero.
    for flag in [8, 16] as [UInt8] where flags & flag != 0 {
      guard start < compressed.count, let end = compressed[start...].firstIndex(of: 0) else {
        throw WireError(.badValue, "The compressed text ends too early.")
      }
      start = end + 1
    }
    if flags & 2 != 0 { start += 2 }
    guard start < compressed.count else {
      throw WireError(.badValue, "The compressed text ends too early.")
    }
    var inflation = Inflation(compressed[start...])
    return try inflation.run()
  }
}

/// One reading of a compressed text.
private struct Inflation {
  private var reader: BitReader
  private var output: [UInt8] = []

  init(_ bytes: ArraySlice<UInt8>) {
    reader = BitReader(bytes)
  }

  mutating func run() throws(WireError) -> [UInt8] {
    var isLast = false
    while !isLast {
      isLast = try reader.bits(1) == 1
      switch try reader.bits(2) {
      case 0: try stored()
      case 1: try coded(Inflation.fixed())
      case 2: try coded(try told())
      default: throw WireError(.badValue, "The compressed text has a block of no known kind.")
      }
    }
    return output
  }

  private mutating func stored() throws(WireError) {
    reader.align()
    let (count, check) = (try reader.bits(16), try reader.bits(16))
    guard count ^ check == 0xFFFF else {
      throw WireError(.badValue, "The compressed text has a wrong length.")
    }
    try append(try reader.take(count))
  }

  private typealias Codes = (literals: HuffmanCode, distances: HuffmanCode)

  private static func fixed() throws(WireError) -> Codes {
    var lengths = [Int](repeating: 8, count: 288)
    for symbol in 144..<256 { lengths[symbol] = 9 }
    for symbol in 256..<280 { lengths[symbol] = 7 }
    let distances = [Int](repeating: 5, count: 30)
    return (try HuffmanCode(lengths: lengths[...]), try HuffmanCode(lengths: distances[...]))
  }

  /// The codes that stand before a block, themselves coded (RFC 1951, 3.2.7).
  private mutating func told() throws(WireError) -> Codes {
    let literals = try reader.bits(5) + 257
    let distances = try reader.bits(5) + 1
    let count = try reader.bits(4) + 4
    var lengths = [Int](repeating: 0, count: 19)
    for place in Inflation.order.prefix(count) { lengths[place] = try reader.bits(3) }
    let code = try HuffmanCode(lengths: lengths[...])
    lengths = []
    while lengths.count < literals + distances {
      let symbol = try code.symbol(&reader)
      switch symbol {
      case 16:
        guard let last = lengths.last else {
          throw WireError(.badValue, "The compressed text repeats nothing.")
        }
        lengths += [Int](repeating: last, count: 3 + (try reader.bits(2)))
      case 17: lengths += [Int](repeating: 0, count: 3 + (try reader.bits(3)))
      case 18: lengths += [Int](repeating: 0, count: 11 + (try reader.bits(7)))
      default: lengths.append(symbol)
      }
    }
    guard lengths.count == literals + distances else {
      throw WireError(.badValue, "The compressed text has too many codes.")
    }
    return (
      try HuffmanCode(lengths: lengths[..<literals]), try HuffmanCode(lengths: lengths[literals...])
    )
  }

  private mutating func coded(_ codes: Codes) throws(WireError) {
    while true {
      let symbol = try codes.literals.symbol(&reader)
      if symbol < 256 {
        try append([UInt8(symbol)])
        continue
      }
      if symbol == 256 { return }
      guard symbol < 286 else {
        throw WireError(.badValue, "The compressed text has a length that means nothing.")
      }
      let (base, extra) = Inflation.lengths[symbol - 257]
      let length = base + (try reader.bits(extra))
      let place = try codes.distances.symbol(&reader)
      guard place < 30 else {
        throw WireError(.badValue, "The compressed text has a distance that means nothing.")
      }
      let (start, more) = Inflation.distances[place]
      let distance = start + (try reader.bits(more))
      guard distance <= output.count else {
        throw WireError(.badValue, "The compressed text repeats what was before it.")
      }
      // Byte by byte: what is repeated may overlap what it adds.
      for _ in 0..<length { try append([output[output.count - distance]]) }
    }
  }

  private mutating func append(_ bytes: [UInt8]) throws(WireError) {
    guard output.count + bytes.count <= GZipText.limit else {
      throw WireError(.badValue, "The compressed text is too large.")
    }
    output += bytes
  }

  /// In which order the lengths of the code's code stand.
  private static let order = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  /// What the symbols 257 to 285 mean: a length, and how many bits are added to it.
  private static let lengths: [(Int, Int)] = {
    var table = (0..<8).map { (3 + $0, 0) }
    for bits in 1...5 {
      for step in 0..<4 { table.append((3 + (4 + step) << bits, bits)) }
    }
    table.append((258, 0))
    return table
  }()

  /// What the symbols of distances mean.
  private static let distances: [(Int, Int)] = {
    var table = (0..<4).map { (1 + $0, 0) }
    for bits in 1...13 {
      for step in 0..<2 { table.append((1 + (2 + step) << bits, bits)) }
    }
    return table
  }()
}
