extension Unicode.Scalar {
  /// True for what a terminal obeys instead of showing it, line feeds included, and for marks that turn text around.
  public var isSteering: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// As JSON and shells have it in quotes, `\u202e`; for scalars of at most four digits, as all that steer are.
  public var escape: String {
    let digits = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
  }
}
