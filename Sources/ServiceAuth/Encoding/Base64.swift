#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Array where Element == UInt8 {
  /// The bytes as Base64 with padding (RFC 4648, 4).
  public var base64: String {
    Data(self).base64EncodedString()
  }

  /// The bytes as Base64 for URLs, without padding (RFC 4648, 5), as tokens have it.
  public var base64URL: String {
    var digits: [UInt8] = Array(base64.utf8)
    while digits.last == 0x3D { digits.removeLast() }
    // Byte by byte: searching texts for marks costs a tenth of a token.
    for place in digits.indices {
      switch digits[place] {
      case 0x2B: digits[place] = 0x2D
      case 0x2F: digits[place] = 0x5F
      default: break
      }
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// The bytes that Base64 `text` means; `nil` for anything but whole, padded Base64.
  public init?(base64 text: some StringProtocol) {
    guard let data = Data(base64Encoded: String(text)) else { return nil }
    self.init(data)
  }

  /// The bytes that unpadded Base64 for URLs means; `nil` for anything else.
  public init?(base64URL text: some StringProtocol) {
    guard !text.utf8.contains(where: { $0 == 43 || $0 == 47 || $0 == 61 }) else { return nil }
    var digits = text.utf8.map { $0 == 0x2D ? 0x2B : $0 == 0x5F ? 0x2F : $0 }
    while digits.count % 4 != 0 { digits.append(0x3D) }
    guard let data = Data(base64Encoded: Data(digits)) else { return nil }
    self.init(data)
  }
}
