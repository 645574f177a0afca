extension Command {
  /// Delete to the left.
  public static let deleteBackward = Command(
    "delete-left", help: "Delete to the left", keys: ["Backspace", "C-h"], in: .composer
  ) { state, _ in
    state.composer.remove(to: state.composer.cursor - 1)
  }
}
