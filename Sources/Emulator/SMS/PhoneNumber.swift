/// What a sender and a recipient of messages may look like.
enum PhoneNumber {
  /// True for E.164: a plus, the country's digits and the rest, 8–15 digits; 11 with the country code 1.
  static func isE164(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == 0x2B, digits.allSatisfy({ 0x30...0x39 ~= $0 }),
      let first = digits.first, first != 0x30
    else { return false }
    return first == 0x31 ? digits.count == 11 : 8...15 ~= digits.count
  }

  /// True for E.164, for a short code, and for a name of letters and digits.
  static func isSender(_ text: String) -> Bool {
    let characters = Array(text.utf8)
    if characters.first == 0x2B { return isE164(text) }
    if characters.allSatisfy({ 0x30...0x39 ~= $0 }) { return 3...8 ~= characters.count }
    return 1...11 ~= characters.count
      && text.unicodeScalars.allSatisfy {
        $0.isASCII && ($0 == " " || $0.properties.isAlphabetic || 0x30...0x39 ~= $0.value)
      }
  }
}
