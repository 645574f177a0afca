import ServiceAuth
import Services

/// Makes the ids of the service out of random numbers.
struct IDSource {
  let random: any RandomSource

  /// A GUID, `8-4-4-4-12` hexadecimal digits of version 4.
  func guid() -> String { IDSource.guid(of: bytes(16), version: 4) }

  /// The GUID that stands for `text`, always the same.
  static func guid(naming text: String) -> String {
    guid(of: Array(Digest.sha256(Array(text.utf8)).prefix(16)), version: 8)
  }

  /// Random characters out of `alphabet`, for people to type.
  func code(characters count: Int, of alphabet: [Character]) -> String {
    String((0..<count).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] })
  }

  /// What follows the resource in an identity: `00000011-9f42-58fb-88f7-08482200b425` (WIRE 2).
  func identitySuffix() -> String {
    IDSource.identitySuffix(of: bytes(16))
  }

  /// The suffix that stands for somebody's name, always the same.
  static func identitySuffix(naming name: String) -> String {
    identitySuffix(of: Array(Digest.sha256(Array(name.utf8)).prefix(16)))
  }

  private static func identitySuffix(of bytes: [UInt8]) -> String {
    grouped([0, 0, 0] + bytes.dropFirst(3))
  }

  /// 16 or 17 digits that begin with 99, as recorded (WIRE 6).
  func roomID() -> String { "99\(10_000_000_000_000 + random.next() % 990_000_000_000_000)" }

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

  private static func guid(of bytes: [UInt8], version: UInt8) -> String {
    var bytes = bytes
    bytes[6] = bytes[6] & 0x0F | version << 4
    bytes[8] = bytes[8] & 0x3F | 0x80
    return grouped(bytes)
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
