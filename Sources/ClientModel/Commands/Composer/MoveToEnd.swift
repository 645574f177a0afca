extension Command {
  /// Go to the end of the line.
  public static let moveToEnd = Command(
    "line-end", help: "Go to the end of the line", keys: ["End", "C-e"], in: .composer
  ) { state, _ in
    state.composer.move(to: state.composer.lineEnd)
  }
}
