import ACSTypes

/// A piece of a text from elsewhere, made fit to be shown in a message: one line, nothing that steers a terminal, no
/// secrets.
struct Excerpt {
  /// The piece; ends in `…` when it was cut.
  let text: String

  /// The first `limit` characters of `text`.
  ///
  /// - Parameters:
  ///   - text: Any text, hostile ones included.
  ///   - limit: At least 1.
  ///   - secrets: What must not be seen, besides all that looks like a token or a key.
  init(_ text: String, limit: Int, hiding secrets: [Secret] = []) {
    // Long enough for any cut; a body may be of megabytes.
    var rest = String(text.prefix(limit * 50))
    for secret in secrets.map({ $0.reveal() }) where secret.utf8.count >= 4 {
      rest = rest.split(separator: secret, omittingEmptySubsequences: false)
        .joined(separator: "<redacted>")
    }
    let words = Excerpt.printable(rest).split(separator: " ").map { word in
      Excerpt.redacted(word)
    }
    let line = words.joined(separator: " ")
    self.text = line.count > limit ? "\(line.prefix(limit))…" : line
  }

  /// Control characters, line breaks and invisible marks as blanks.
  private static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate,
        .privateUse, .unassigned:
        result.append(" ")
      default:
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// The word with every run in it that may be a token or a key replaced.
  private static func redacted(_ word: Substring) -> String {
    var result = ""
    var rest = word
    while !rest.isEmpty {
      let run = rest.prefix { isTokenCharacter($0) }
      result += looksSecret(run) ? "<redacted>" : run
      rest = rest[run.endIndex...]
      let other = rest.prefix { !isTokenCharacter($0) }
      result += other
      rest = rest[other.endIndex...]
    }
    return result
  }

  private static func isTokenCharacter(_ character: Character) -> Bool {
    guard let byte = character.asciiValue else { return false }
    return switch byte {
    case 48...57, 65...90, 97...122: true
    default: "-_.+/=~".utf8.contains(byte)
    }
  }

  /// True for what begins like a JSON Web Token, and for long runs that are neither an identity's digits nor a path.
  private static func looksSecret(_ run: Substring) -> Bool {
    if run.hasPrefix("eyJ"), run.count >= 20 { return true }
    return run.split { $0 == "/" || $0 == "." }.contains { part in
      part.count >= 40 && part.contains { !$0.isHexDigit && $0 != "-" && $0 != "_" }
    }
  }
}
