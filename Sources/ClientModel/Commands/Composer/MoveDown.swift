extension Command {
  /// Go a row down.
  public static let moveDown = Command(
    "down", help: "Go a row down", keys: ["Down"], in: .composer
  ) { state, _ in
    state.composerDown()
  }
}
