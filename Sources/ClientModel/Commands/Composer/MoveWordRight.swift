extension Command {
  /// Go a word right.
  public static let moveWordRight = Command(
    "word-right", help: "Go a word right", keys: ["M-f", "C-Right"], in: .composer
  ) { state, _ in
    state.composer.move(to: state.composer.nextWord)
  }
}
