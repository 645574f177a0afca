import ACSTypes

/// Ids that stand for people's ids, the same for the same person throughout one log.
struct Pseudonyms: Sendable {
  /// What ids of people begin with (WIRE 2), up to where the person begins.
  private static let prefixes = [
    "8:acs:", "8:spool:", "8:dod-acs:", "8:gcch-acs:", "8:orgid:", "8:dod:", "8:gcch:",
    "8:teamsvisitor:", "8:live:", "28:orgid:", "28:dod:", "28:gcch:", "4:+", "4:", "8:", "28:",
  ]

  private var known: [Substring: String] = [:]
  private var names: [String: String] = [:]

  /// What stands for the name of a piece of metadata; the name under which the client knows its own messages stays.
  mutating func name(for name: String) -> String {
    if name == ChatMessage.clientIDName { return name }
    if let known = names[name] { return known }
    let number = String(names.count + 1)
    let stand = String(repeating: "x", count: max(1, name.count - number.count)) + number
    names[name] = stand
    return stand
  }

  /// The text with every id of somebody in it replaced by one of the same length.
  mutating func replacing(in text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: ":")) else { return text }
    var result = ""
    var rest = text[...]
    var before: Character = " "
    while let first = rest.first {
      let isStart = !before.isLetter && !before.isNumber && !".:".contains(before)
      if isStart, first == "8" || first == "2" || first == "4", let id = id(at: rest) {
        result += pseudonym(of: id)
        rest = rest[id.endIndex...]
        before = "x"
      } else {
        result.append(first)
        before = first
        rest = rest.dropFirst()
      }
    }
    return result
  }

  private func id(at text: Substring) -> Substring? {
    guard let prefix = Self.prefixes.first(where: text.hasPrefix) else { return nil }
    let tail = text.dropFirst(prefix.count).prefix {
      $0.isASCII && ($0.isLetter || $0.isNumber || "_-.:".contains($0))
    }
    return tail.isEmpty ? nil : text[text.startIndex..<tail.endIndex]
  }

  private mutating func pseudonym(of id: Substring) -> String {
    if let name = known[id] { return name }
    let prefix = Self.prefixes.first(where: id.hasPrefix) ?? ""
    let number = String(known.count + 1)
    let tail = id.count - prefix.count
    let name = prefix + String(repeating: "0", count: max(0, tail - number.count)) + number
    known[id] = name
    return name
  }
}
