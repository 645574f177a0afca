extension Command {
  /// Select the thread before.
  public static let selectPreviousThread = Command(
    "thread-up", help: "Select the thread before", keys: ["Up"], in: .threads
  ) { state, _ in
    state.moveThreadSelection(by: -1)
  }
}
