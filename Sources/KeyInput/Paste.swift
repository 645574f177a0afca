/// A bracketed paste while it comes in.
struct Paste: Sendable {
  /// `Esc [ 2 0 1 ~`, which ends it.
  private static let end: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]

  private var bytes: [UInt8] = []
  /// How many bytes of `end` came last.
  private var matched = 0

  /// Takes the next byte; true when the paste is over.
  mutating func take(_ byte: UInt8) -> Bool {
    if byte == Self.end[matched] {
      matched += 1
      return matched == Self.end.count
    }
    // Only Esc begins the end, so that after a mismatch nothing but this byte can match anew.
    for held in Self.end.prefix(matched) { keep(held) }
    matched = 0
    if byte == Self.end[0] {
      matched = 1
    } else {
      keep(byte)
    }
    return false
  }

  private mutating func keep(_ byte: UInt8) {
    if bytes.count < InputDecoder.pasteLimit { bytes.append(byte) }
  }

  /// The text: lines end in newlines, other controls are left out, a cut character is dropped.
  var text: String {
    var whole = bytes[...]
    if bytes.count == InputDecoder.pasteLimit {
      // The limit may have cut the last character: drop its bytes, from its lead on.
      let tail = whole.suffix(4)
      if let lead = tail.lastIndex(where: { $0 & 0xC0 != 0x80 }), bytes[lead] >= 0xC0 {
        let length = bytes[lead] >= 0xF0 ? 4 : bytes[lead] >= 0xE0 ? 3 : 2
        if bytes.count - lead < length { whole = whole[..<lead] }
      }
    }
    var text = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in String(decoding: whole, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x0D: text.append("\n")
      case 0x0A where afterReturn: break
      case 0x09, 0x0A: text.append(scalar)
      case 0...0x1F, 0x7F...0x9F: break
      default: text.append(scalar)
      }
      afterReturn = scalar.value == 0x0D
    }
    return String(text)
  }
}
