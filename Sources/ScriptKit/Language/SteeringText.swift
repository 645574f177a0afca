extension Unicode.Scalar {
  /// What a terminal obeys instead of showing it, and marks that turn text around.
  var isSteering: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}

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
