import Cells

extension String {
  /// For a terminal: with `\u{1B}` for what it would obey, but for the ends of lines.
  public var withoutSteering: String {
    guard unicodeScalars.contains(where: { $0.isSteering && $0 != "\n" }) else { return self }
    return unicodeScalars.map { scalar in
      scalar.isSteering && scalar != "\n"
        ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : String(scalar)
    }.joined()
  }
}

/// A text as a word of a shell's command line; with what a terminal would obey as bash and zsh have it, `$'\u001b'`.
public func shellQuoted(_ text: String) -> String {
  let isPlain =
    !text.isEmpty
    && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:,=+@%".contains($0)) }
  if isPlain { return text }
  guard text.unicodeScalars.contains(where: \.isSteering) else {
    return "'\(text.replacing("'", with: "'\\''"))'"
  }
  let escaped = text.unicodeScalars.map { scalar in
    if scalar.isSteering { return scalar.escape }
    return scalar == "'" || scalar == "\\" ? "\\\(scalar)" : String(scalar)
  }
  return "$'\(escaped.joined())'"
}
