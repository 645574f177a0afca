extension Command {
  /// Stop editing.
  public static let cancelEditing = Command(
    "cancel", help: "Stop editing", keys: ["Esc"], in: .composer
  ) { state, _ in
    state.cancelEdit()
  }
}
