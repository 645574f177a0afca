extension Command {
  /// Go right.
  public static let moveRight = Command(
    "right", help: "Go right", keys: ["Right", "C-f"], in: .composer
  ) { state, _ in
    state.composer.move(to: state.composer.cursor + 1)
  }
}
