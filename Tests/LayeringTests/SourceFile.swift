/// A file of a target, read as far as the rules need.
struct SourceFile: Sendable {
  /// Where it lies, from the package's root.
  var path: String
  /// Its words and signs.
  var tokens: [Token]

  init(path: String, text: String) {
    self.path = path
    tokens = Tokenizer.tokens(of: text)
  }

  /// The modules that it imports in any form, with the line of each.
  ///
  /// Left out is Foundation where it stands in for FoundationEssentials on a platform without that.
  var imports: [(module: String, line: Int)] {
    let kinds: Set<Substring> = [
      "struct", "class", "enum", "protocol", "typealias", "func", "let", "var", "actor",
    ]
    return tokens.indices.compactMap { index in
      guard tokens[index].text == "import" else { return nil }
      let path = tokens[(index + 1)...].drop { kinds.contains($0.text) }
      guard let module = path.first, module.line == tokens[index].line else { return nil }
      if module.text == "Foundation", isFallback(at: index) { return nil }
      return (String(module.text), module.line)
    }
  }

  /// Whether the `import` at `index` stands in the `#else` of `#if canImport(FoundationEssentials)`.
  private func isFallback(at index: Int) -> Bool {
    let access: Set<Substring> = ["public", "internal", "private", "package", "fileprivate"]
    let before = tokens[..<index].map(\.text).filter { !access.contains($0) }
    return before.suffix(10) == [
      "#", "if", "canImport", "(", "FoundationEssentials", ")", "import", "FoundationEssentials",
      "#", "else",
    ]
  }

  /// The lines that declare a stored `static var`, or a `var` outside any type.
  var storedGlobals: [Int] {
    var depth = 0
    var lines: [Int] = []
    for (index, token) in tokens.enumerated() {
      switch token.text {
      case "{": depth += 1
      case "}": depth -= 1
      case "var" where depth == 0 || (index > 0 && tokens[index - 1].text == "static"):
        if isStored(at: index) { lines.append(token.line) }
      default: break
      }
    }
    return lines
  }

  /// Whether the `var` at `index` keeps a value: `=`, or the next declaration, comes before `{`.
  private func isStored(at index: Int) -> Bool {
    let ends: Set<Substring> = ["=", "{", "}", "var", "let", "func", "static", "struct", "enum"]
    return tokens[(index + 1)...].first { ends.contains($0.text) }?.text != "{"
  }
}
