extension Command {
  /// Go to the next part of the screen.
  public static let nextFocus = Command(
    "next-part", help: "Go to the next part of the screen", keys: ["Tab"], in: .main
  ) { state, _ in
    state.moveFocus(by: 1)
  }
}
