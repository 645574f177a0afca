extension Command {
  /// Go to the start of the line.
  public static let moveToStart = Command(
    "line-start", help: "Go to the start of the line", keys: ["Home", "C-a"], in: .composer
  ) { state, _ in
    state.composer.move(to: state.composer.lineStart)
  }
}
