import Configuration

extension FuzzTarget {
  /// Configuration and themes: JSON5, whose errors name a place.
  static let json5 = FuzzTarget("json5") { bytes in
    let source = decoded(bytes)
    for read in readers {
      do {
        try read(source)
      } catch let error as ConfigurationError {
        try require(!error.message.isEmpty, "a refusal without words")
        guard let position = error.position else { continue }
        try require(position.line >= 1 && position.column >= 1, "a place before the text")
      }
    }
  }

  private static let readers: [@Sendable (String) throws -> Void] = [
    { _ = try ConfigurationDocument(text: $0, file: "config.json5") },
    { _ = try ClientConfiguration(text: $0, file: "config.json5") },
    { _ = try ThemeFile(text: $0, file: "theme.json5", roles: ["text", "accent"]) },
  ]
}
