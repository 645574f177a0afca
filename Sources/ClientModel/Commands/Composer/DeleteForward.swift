extension Command {
  /// Delete to the right.
  public static let deleteForward = Command(
    "delete-right", help: "Delete to the right", keys: ["Delete", "C-d"], in: .composer
  ) { state, _ in
    state.composer.remove(to: state.composer.cursor + 1)
  }
}
