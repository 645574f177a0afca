/// Finds where in a JSON text the value at the end of a path begins.
///
/// The text is one that was parsed without complaint.
struct JSONPlace {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The column, in characters from 1; that of the deepest value that is there.
  mutating func column(of path: [any CodingKey]) -> Int {
    skipBlanks()
    var found = index
    for key in path {
      guard descend(to: key) else { break }
      skipBlanks()
      found = index
    }
    return 1 + bytes[..<found].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }

  private var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

  private mutating func skipBlanks() {
    while [0x20, 0x09, 0x0D, 0x0A].contains(current) { index += 1 }
  }

  /// Goes to the value of `key` within the value at `index`; false when it has none.
  private mutating func descend(to key: any CodingKey) -> Bool {
    let isList = current == UInt8(ascii: "[")
    guard isList || current == UInt8(ascii: "{") else { return false }
    index += 1
    var number = 0
    while true {
      skipBlanks()
      guard index < bytes.count, ![UInt8(ascii: "]"), UInt8(ascii: "}")].contains(current) else {
        return false
      }
      if isList {
        if number == key.intValue { return true }
      } else {
        let name = index
        skipString()
        let isWanted = bytes[(name + 1)..<(index - 1)].elementsEqual(key.stringValue.utf8)
        skipBlanks()
        index += 1
        if isWanted { return true }
      }
      skipValue()
      number += 1
      skipBlanks()
      if current == UInt8(ascii: ",") { index += 1 }
    }
  }

  private mutating func skipString() {
    index += 1
    while index < bytes.count, current != UInt8(ascii: "\"") {
      index += current == UInt8(ascii: "\\") ? 2 : 1
    }
    index = min(index + 1, bytes.count)
  }

  private mutating func skipValue() {
    skipBlanks()
    var depth = 0
    while index < bytes.count {
      switch current {
      case UInt8(ascii: "\""): skipString()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        index += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return }
        depth -= 1
        index += 1
      case UInt8(ascii: ",") where depth == 0: return
      default: index += 1
      }
    }
  }
}
