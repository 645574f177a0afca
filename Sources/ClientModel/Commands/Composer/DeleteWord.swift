extension Command {
  /// Delete the word to the left.
  public static let deleteWord = Command(
    "delete-word", help: "Delete the word to the left", keys: ["C-w", "M-Backspace"], in: .composer
  ) { state, _ in
    state.composer.remove(to: state.composer.previousWord)
  }
}
