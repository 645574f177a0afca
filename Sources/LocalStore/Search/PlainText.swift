/// What a reader sees of HTML: the text without tags, a new line for each block, entities as characters.
public struct PlainText: Hashable, Sendable {
  /// The text.
  public private(set) var text = ""

  /// Takes any text, HTML or not.
  public init(html: String) {
    var rest = html[...]
    while let mark = rest.utf8.firstIndex(where: { $0 == 0x3C || $0 == 0x26 }) {
      text += rest[..<mark]
      rest = rest[mark...]
      rest = rest.utf8.first == 0x3C ? takeTag(rest) : takeEntity(rest)
    }
    text += rest
    while text.last?.isNewline == true { text.removeLast() }
  }

  private static let blocks: Set<String> = [
    "br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table",
    "ul", "ol",
  ]

  private mutating func takeTag(_ rest: Substring) -> Substring {
    let inside = rest.dropFirst()
    if inside.hasPrefix("!--") {
      return after("-->", in: inside)
    }
    guard let first = inside.utf8.first, first == 0x2F || first == 0x21 || (first | 0x20) > 0x60,
      (first | 0x20) < 0x7B, let end = inside.utf8.firstIndex(of: 0x3E)
    else {
      text += "<"
      return inside
    }
    let isEnd = first == 0x2F
    let name = inside.dropFirst(isEnd ? 1 : 0).prefix { $0.isLetter || $0.isNumber }.lowercased()
    let rest = inside[inside.utf8.index(after: end)...]
    if !isEnd, name == "script" || name == "style" {
      return after("</\(name)>", in: rest)
    }
    // A block's end is the next one's beginning.
    if PlainText.blocks.contains(name), !text.isEmpty, text.last?.isNewline != true {
      text += "\n"
    } else if name == "td" || name == "th", isEnd {
      text += " "
    }
    return rest
  }

  /// What follows the first `end`, whose letters may be of either case; nothing if it never comes.
  private func after(_ end: String, in rest: Substring) -> Substring {
    let wanted = Array(end.utf8)
    let bytes = rest.utf8
    var start = bytes.startIndex
    while let mark = bytes[start...].firstIndex(of: wanted[0]) {
      let here = bytes[mark...].prefix(wanted.count)
      if here.count == wanted.count, zip(here, wanted).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 }) {
        return rest[here.endIndex...]
      }
      start = bytes.index(after: mark)
    }
    return rest[bytes.endIndex...]
  }

  private mutating func takeEntity(_ rest: Substring) -> Substring {
    let inside = rest.dropFirst()
    guard let end = inside.utf8.prefix(12).firstIndex(of: 0x3B),
      let character = PlainText.character(named: inside[..<end])
    else {
      text += "&"
      return inside
    }
    text += character
    return inside[inside.utf8.index(after: end)...]
  }

  private static func character(named name: Substring) -> String? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    case "nbsp": return " "
    default:
      guard name.hasPrefix("#") else { return nil }
      let digits = name.dropFirst()
      let isHexadecimal = digits.first == "x" || digits.first == "X"
      let number = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      return number.flatMap(Unicode.Scalar.init).map { String($0) }
    }
  }
}
