extension Command {
  /// Delete to the start of the line.
  public static let deleteToStart = Command(
    "delete-to-start", help: "Delete to the start of the line", keys: ["C-u"], in: .composer
  ) { state, _ in
    state.composer.remove(to: state.composer.lineStart)
  }
}
