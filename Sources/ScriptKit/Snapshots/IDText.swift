/// Ids in a screen's text, as chance makes them.
enum IDText {
  /// How many characters of an id begin at a place: `8:acs:…`, `19:…@thread.v2`, or the end of one, `…14cd59ae`; `nil`
  /// when none does.
  static func any(_ text: [Character], _ start: Int) -> Int? {
    end(text, start) ?? person(text, start) ?? thread(text, start)
  }

  /// True for a text that may be what is left of an id which began in the row above.
  static func isRest(_ text: String) -> Bool { !text.isEmpty && text.allSatisfy(isOfUser) }

  private static func end(_ text: [Character], _ start: Int) -> Int? {
    guard text[start] == "…" else { return nil }
    let digits = text[(start + 1)...].prefix { isHex($0) }.count
    return digits >= 8 ? 9 : nil
  }

  private static func person(_ text: [Character], _ start: Int) -> Int? {
    let prefix = "8:acs:"
    guard text[start...].starts(with: prefix) else { return nil }
    let length = text[(start + prefix.count)...].prefix(while: isOfUser).count
    return length > 0 ? prefix.count + length : nil
  }

  private static func thread(_ text: [Character], _ start: Int) -> Int? {
    let (prefix, suffix) = ("19:", "@thread.v2")
    guard text[start...].starts(with: prefix) else { return nil }
    let name = text[(start + prefix.count)...].prefix {
      $0.isASCII && ($0.isLetter || $0.isNumber) || "-_".contains($0)
    }
    guard !name.isEmpty, text[name.endIndex...].starts(with: suffix) else { return nil }
    return name.endIndex + suffix.count - start
  }

  private static func isHex(_ character: Character) -> Bool {
    ("0"..."9").contains(character) || ("a"..."f").contains(character)
  }

  private static func isOfUser(_ character: Character) -> Bool {
    isHex(character) || "-_".contains(character)
  }
}
