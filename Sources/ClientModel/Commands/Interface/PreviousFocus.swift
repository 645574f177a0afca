extension Command {
  /// Go to the part before.
  public static let previousFocus = Command(
    "previous-part", help: "Go to the part before", keys: ["S-Tab"], in: .main
  ) { state, _ in
    state.moveFocus(by: -1)
  }
}
