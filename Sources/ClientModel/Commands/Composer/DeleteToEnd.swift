extension Command {
  /// Delete to the end of the line.
  public static let deleteToEnd = Command(
    "delete-to-end", help: "Delete to the end of the line", keys: ["C-k"], in: .composer
  ) { state, _ in
    state.composer.remove(to: state.composer.lineEnd)
  }
}
