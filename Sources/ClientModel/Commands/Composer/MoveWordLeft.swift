extension Command {
  /// Go a word left.
  public static let moveWordLeft = Command(
    "word-left", help: "Go a word left", keys: ["M-b", "C-Left"], in: .composer
  ) { state, _ in
    state.composer.move(to: state.composer.previousWord)
  }
}
