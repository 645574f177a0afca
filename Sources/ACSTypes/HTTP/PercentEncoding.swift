extension StringProtocol {
  /// The text with every byte outside RFC 3986's unreserved set as `%XX`: fit for one path segment or one
  /// query value.
  public var percentEncoded: String {
    var result: [UInt8] = []
    for byte in utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95, 126:
        result.append(byte)
      default:
        result.append(37)
        result.append(hexDigits[Int(byte >> 4)])
        result.append(hexDigits[Int(byte & 15)])
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The text with each `%XX` turned into its byte.
  ///
  /// - Returns: `nil` when a `%` lacks two hexadecimal digits or the bytes are not UTF-8.
  public var percentDecoded: String? {
    // Most have none.
    if utf8.withContiguousStorageIfAvailable({ $0.contains(37) }) == false { return String(self) }
    var result: [UInt8] = []
    var bytes = utf8.makeIterator()
    while let byte = bytes.next() {
      guard byte == 37 else {
        result.append(byte)
        continue
      }
      guard let high = bytes.next().flatMap(hexValue), let low = bytes.next().flatMap(hexValue)
      else { return nil }
      result.append(high << 4 | low)
    }
    return String(validating: result, as: UTF8.self)
  }
}

private let hexDigits = Array("0123456789ABCDEF".utf8)

private func hexValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 48...57: byte - 48
  case 65...70: byte - 55
  case 97...102: byte - 87
  default: nil
  }
}
