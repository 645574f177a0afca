extension Command {
  /// Go left.
  public static let moveLeft = Command(
    "left", help: "Go left", keys: ["Left", "C-b"], in: .composer
  ) { state, _ in
    state.composer.move(to: state.composer.cursor - 1)
  }
}
