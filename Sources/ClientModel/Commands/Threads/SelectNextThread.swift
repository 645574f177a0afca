extension Command {
  /// Select the next thread.
  public static let selectNextThread = Command(
    "thread-down", help: "Select the next thread", keys: ["Down"], in: .threads
  ) { state, _ in
    state.moveThreadSelection(by: 1)
  }
}
