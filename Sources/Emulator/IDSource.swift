import ServiceAuth
import Services

/// Makes the ids of the service out of random numbers.
struct IDSource {
  let random: any RandomSource

  /// A GUID, `8-4-4-4-12` hexadecimal digits of version 4.
  func guid() -> String {
    var bytes = bytes(16)
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    return IDSource.grouped(bytes)
  }

  /// What follows the resource in an identity: `00000011-9f42-58fb-88f7-08482200b425` (WIRE 2).
  func identitySuffix() -> String {
    var bytes = bytes(16)
    bytes[0] = 0
    bytes[1] = 0
    bytes[2] = 0
    return IDSource.grouped(bytes)
  }

  /// Random text of Base64 for URLs.
  func base64URL(characters count: Int) -> String {
    String(bytes((count * 3 + 3) / 4).base64URL.prefix(count))
  }

  private func bytes(_ count: Int) -> [UInt8] {
    var result: [UInt8] = []
    while result.count < count {
      withUnsafeBytes(of: random.next()) { result.append(contentsOf: $0) }
    }
    return Array(result.prefix(count))
  }

  private static func grouped(_ bytes: [UInt8]) -> String {
    var text = ""
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text += "-" }
      text += byte < 16 ? "0\(String(byte, radix: 16))" : String(byte, radix: 16)
    }
    return text
  }
}
