import Foundation
import Testing

@testable import ACSWire

@Suite("Compressed bodies")
struct CompressedBodyTests {
  /// Made by zlib with fixed codes.
  private static let fixed =
    "H4sIAAAAAAACA6tWSi1LzSvxTFGyMjIx1VEqTs1LSS0CcZUsrBKTi62S8pOUdJTSi/JLC8Ci6UBebmpxcWJ6KphvCuSXpRYV"
    + "Z+bngXm1AHMsoz1SAAAA"
  /// Made by zlib with codes of its own: a sentence two hundred times, then every byte.
  private static let coded =
    "H4sIAAAAAAACAwvJSFXIK81NSi0qVkhKTcsvSlXIKc1LztBRKEGSSUwrSS2CSOgphIxqGdUyqmVUy6iWUS2jWka1jGoZ1TKq"
    + "ZVTLqJZRLaNaRrWMahnVMqplVMuollEto1pGtYxqGdUyqmVUy6iWUS2jWka1jGoZ1TKqZVTLqJZRLaNaaKOFgZGJmYWVjZ2D"
    + "k4ubh5ePX0BQSFhEVExcQlJKWkZWTl5BUUlZRVVNXUNTS1tHV0/fwNDI2MTUzNzC0sraxtbO3sHRydnF1c3dw9PL28fXzz8g"
    + "MCg4JDQsPCIyKjomNi4+ITEpOSU1LT0jMys7Jzcvv6CwqLiktKy8orKquqa2rr6hsam5pbWtvaOzq7unt69/wsRJk6dMnTZ9"
    + "xsxZs+fMnTd/wcJFi5csXbZ8xcpVq9esXbd+w8ZNm7ds3bZ9x85du/fs3bf/wMFDh48cPXb8xMlTp8+cPXf+wsVLl69cvXb9"
    + "xs1bt+/cvXf/wcNHj588ffb8xctXr9+8fff+w8dPn798/fb9x89fv//8/fcfALbfmBLYKAAA"
  /// The same with all that may stand before it: an extra field, a name, a comment and a checksum.
  private static let named =
    "H4sIHgAAAAAAAwIAYWJuYW1lAGNvbW1lbnQAAAALyUhVyCvNTUotKlZISk3LL0pVyCnNS87QUShBkklMK0ktgkjoKYSMahnV"
    + "MqplVMuollEto1pGtYxqGdUyqmVUy6iWUS2jWka1jGoZ1TKqZVTLqJZRLaNaRrWMahnVMqplVMuollEto1pGtYxqGdUyqmVU"
    + "y6iWUS2jWmijhYGRiZmFlY2dg5OLm4eXj19AUEhYRFRMXEJSSlpGVk5eQVFJWUVVTV1DU0tbR1dP38DQyNjE1MzcwtLK2sbW"
    + "zt7B0cnZxdXN3cPTy9vH188/IDAoOCQ0LDwiMio6JjYuPiExKTklNS09IzMrOyc3L7+gsKi4pLSsvKKyqrqmtq6+obGpuaW1"
    + "rb2js6u7p7evf8LESZOnTJ02fcbMWbPnzJ03f8HCRYuXLF22fMXKVavXrF23fsPGTZu3bN22fcfOXbv37N23/8DBQ4ePHD12"
    + "/MTJU6fPnD13/sLFS5evXL12/cbNW7fv3L13/8HDR4+fPH32/MXLV6/fvH33/sPHT5+/fP32/cfPX7///P33HwC235gS2CgA"
    + "AA=="

  private static func bytes(_ text: String) throws -> [UInt8] {
    Array(try #require(Data(base64Encoded: text)))
  }

  private static let sentence = "The numbers before lunch, the numbers after lunch. "
  private static var long: [UInt8] {
    Array(String(repeating: sentence, count: 200).utf8) + (0...255).map { UInt8($0) }
  }

  @Test("what zlib makes is read, with either kind of codes and any header")
  func reads() throws {
    let text = String(decoding: try GZipText.bytes(try Self.bytes(Self.fixed)), as: UTF8.self)
    #expect(try RealTimeEvent(text: text).kind == .typing)
    #expect(try GZipText.bytes(try Self.bytes(Self.coded)) == Self.long)
    #expect(try GZipText.bytes(try Self.bytes(Self.named)) == Self.long)
  }

  @Test("what ends too early is refused, wherever it ends")
  func truncated() throws {
    let whole = try Self.bytes(Self.named)
    // The checksum and the length at the end are not looked at.
    for count in 0..<(whole.count - 8) {
      #expect(throws: WireError.self) { try GZipText.bytes(Array(whole.prefix(count))) }
    }
  }

  @Test("no flipped bit traps, and nothing grows without end")
  func flipped() throws {
    let whole = try Self.bytes(Self.coded)
    for place in whole.indices {
      for bit in 0..<8 {
        var bytes = whole
        bytes[place] ^= 1 << bit
        let read = try? GZipText.bytes(bytes)
        #expect((read?.count ?? 0) <= GZipText.limit)
      }
    }
  }

  @Test("what would grow beyond an event is refused")
  func bomb() throws {
    // A block of fixed codes: a zero, then 258 of the byte before, again and again; each is 8 bits and 5.
    var bits: [Bool] = [true, true, false] + Self.code(0x30, 8)
    for _ in 0..<20_000 { bits += Self.code(0xC5, 8) + Self.code(0, 5) }
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    for start in stride(from: 0, to: bits.count, by: 8) {
      var byte: UInt8 = 0
      for place in start..<min(start + 8, bits.count) where bits[place] {
        byte |= 1 << UInt8(place - start)
      }
      bytes.append(byte)
    }
    let error = #expect(throws: WireError.self) {
      try GZipText.bytes(bytes + [UInt8](repeating: 0, count: 8))
    }
    #expect(error?.description.contains("too large") == true)
  }

  /// Codes stand with their highest bit first.
  private static func code(_ number: Int, _ count: Int) -> [Bool] {
    (0..<count).map { number >> (count - 1 - $0) & 1 == 1 }
  }
}
