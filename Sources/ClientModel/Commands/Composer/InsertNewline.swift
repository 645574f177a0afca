extension Command {
  /// Begin a new line.
  public static let insertNewline = Command(
    "newline", help: "Begin a new line", keys: ["M-Enter", "C-j"], in: .composer
  ) { state, _ in
    state.composer.insert("\n")
  }
}
