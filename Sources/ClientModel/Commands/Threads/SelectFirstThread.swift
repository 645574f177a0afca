extension Command {
  /// Select the first thread.
  public static let selectFirstThread = Command(
    "first-thread", help: "Select the first thread", keys: ["Home"], in: .threads
  ) { state, _ in
    state.moveThreadSelection(by: -state.threads.entries.count)
  }
}
