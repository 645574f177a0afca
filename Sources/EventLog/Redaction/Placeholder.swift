import TextLayout

/// A text that says nothing and looks the same: as many characters, as wide, with its blanks and line ends.
///
/// Controls stay, for a hostile text is to be seen in a bug report, and punctuation, for it rules where lines end.
func placeholder(for text: String) -> String {
  String(text.map(placeholder(for:)))
}

/// The letter that stands for `character`.
func placeholder(for character: Character) -> Character {
  if character.isWhitespace || character.isPunctuation { return character }
  if let scalar = character.unicodeScalars.first, scalar.properties.generalCategory == .control {
    return character
  }
  switch Columns.width(of: character) {
  case 0: return "\u{200B}"
  case 1: return "x"
  default: return "文"
  }
}

/// HTML of the same length: the tags' names and the escapes of signs stay, attributes and text do not.
func placeholder(forHTML html: String) -> String {
  let kept: Set<Substring> = ["amp", "lt", "gt", "quot", "nbsp", "#39"]
  var result = ""
  var rest = html[...]
  while let start = rest.first {
    if start == "<", let end = rest.firstIndex(of: ">") {
      let name = rest[..<end].dropFirst().prefix { $0 == "/" || $0.isLetter || $0.isNumber }
      result += "<\(name)"
      for character in rest[name.endIndex..<end] {
        result.append("=\"'/".contains(character) ? character : placeholder(for: character))
      }
      result.append(">")
      rest = rest[rest.index(after: end)...]
    } else if start == "&", let end = rest.firstIndex(of: ";"),
      kept.contains(rest[rest.index(after: rest.startIndex)..<end])
    {
      result += rest[...end]
      rest = rest[rest.index(after: end)...]
    } else {
      result.append(placeholder(for: start))
      rest = rest.dropFirst()
    }
  }
  return result
}
