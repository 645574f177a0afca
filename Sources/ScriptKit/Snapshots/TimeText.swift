/// What tells of time in a screen's text.
///
/// Each finder tells how many characters of it begin at a place, and `nil` when none does, or in the middle of a word.
enum TimeText {
  /// `2026-11-22T08:59:57Z`, `2026-11-22`, `08:59:57`, `08:59`, `23h 59m`, `4m 05s`, `42s`, `18 s`, `23 h 49 min`, `12 ms`.
  static func any(_ text: [Character], _ start: Int) -> Int? {
    moment(text, start) ?? timeOfDay(text, start) ?? length(text, start)
  }

  /// `2026-11-22`.
  static func date(_ text: [Character], _ start: Int) -> Int? {
    find(text, start) { $0.takesDate() }
  }

  /// `8:59`, `08:59`, `08:59:57`.
  static func timeOfDay(_ text: [Character], _ start: Int) -> Int? {
    find(text, start) { $0.takesTime() }
  }

  private static func moment(_ text: [Character], _ start: Int) -> Int? {
    find(text, start) { reader in
      guard reader.takesDate() else { return false }
      guard reader.takes("T") else { return true }
      return reader.takesTime() && reader.takes("Z")
    }
  }

  private static func length(_ text: [Character], _ start: Int) -> Int? {
    find(text, start) { reader in
      guard reader.takesAmount() else { return false }
      var rest = reader
      while rest.takes(" "), rest.takesAmount() { reader = rest }
      return true
    }
  }

  private static func find(
    _ text: [Character], _ start: Int, _ takes: (inout Reader) -> Bool
  ) -> Int? {
    guard Reader.isDigit(text[start]), start == 0 || !Reader.isOfWord(text[start - 1]) else {
      return nil
    }
    var reader = Reader(text: text, index: start)
    guard takes(&reader), !reader.isInWord else { return nil }
    return reader.index - start
  }
}

private struct Reader {
  let text: [Character]
  var index: Int

  static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  /// What a time does not follow: `127.0.0.1:77`, `…12s`.
  static func isOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || ".:-/_…".contains(character)
  }

  /// True when what was taken goes on: `08:5912`, `12:34.5`.
  var isInWord: Bool {
    guard index < text.count else { return false }
    if text[index].isLetter || text[index].isNumber { return true }
    return ".:-".contains(text[index]) && index + 1 < text.count && Self.isDigit(text[index + 1])
  }

  mutating func takes(_ word: String) -> Bool {
    guard text[index...].starts(with: word) else { return false }
    index += word.count
    return true
  }

  /// Takes all the digits that come, if they are as many.
  mutating func takesDigits(_ counts: ClosedRange<Int>) -> Bool {
    let count = text[index...].prefix { Self.isDigit($0) }.count
    guard counts.contains(count) else { return false }
    index += count
    return true
  }

  mutating func takesDate() -> Bool {
    takesDigits(4...4) && takes("-") && takesDigits(2...2) && takes("-") && takesDigits(2...2)
  }

  /// Hours, minutes, and seconds with their fraction where they are given.
  mutating func takesTime() -> Bool {
    guard takesDigits(1...2), takes(":"), takesDigits(2...2) else { return false }
    var rest = self
    guard rest.takes(":"), rest.takesDigits(2...2) else { return true }
    self = rest
    if rest.takes("."), rest.takesDigits(1...9) { self = rest }
    return true
  }

  /// A number and its unit.
  mutating func takesAmount() -> Bool {
    guard takesDigits(1...9) else { return false }
    _ = takes(" ")
    for unit in ["ms", "min", "d", "h", "m", "s"] {
      var rest = self
      if rest.takes(unit), !rest.isInWord {
        self = rest
        return true
      }
    }
    return false
  }
}
