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
    base64.replacing("+", with: "-").replacing("/", with: "_").trimmingSuffix("=")
  }

  /// The bytes that Base64 `text` means; `nil` for anything but whole, padded Base64.
  public init?(base64 text: some StringProtocol) {
    guard let data = Data(base64Encoded: String(text)) else { return nil }
    self.init(data)
  }

  /// The bytes that unpadded Base64 for URLs means; `nil` for anything else.
  public init?(base64URL text: some StringProtocol) {
    guard !text.utf8.contains(where: { $0 == 43 || $0 == 47 || $0 == 61 }) else { return nil }
    let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    let usual = String(text).replacing("-", with: "+").replacing("_", with: "/")
    self.init(base64: usual + padding)
  }
}

extension String {
  /// The text without as many `mark` as stand at its end.
  fileprivate func trimmingSuffix(_ mark: Character) -> String {
    var rest = self[...]
    while rest.last == mark { rest.removeLast() }
    return String(rest)
  }
}
