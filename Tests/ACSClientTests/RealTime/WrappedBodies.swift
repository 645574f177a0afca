/// What the service wraps bodies in, for tests.
enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

  static func text(_ bytes: [UInt8]) -> String {
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var number = group.reduce(0) { $0 << 8 | Int($1) }
      number <<= 8 * (3 - group.count)
      for place in 0..<4 {
        text.append(place > group.count ? "=" : digits[number >> (18 - 6 * place) & 63])
      }
    }
    return text
  }
}

enum GZipSample {
  /// `bytes` in one block that stores them; the checksum, which nobody reads here, is zero.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    let (low, high) = (UInt8(bytes.count & 255), UInt8(bytes.count >> 8))
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, low, high, ~low, ~high] + bytes
      + [0, 0, 0, 0, low, high, 0, 0]
  }
}
