extension Command {
  /// Select the last thread.
  public static let selectLastThread = Command(
    "last-thread", help: "Select the last thread", keys: ["End"], in: .threads
  ) { state, _ in
    state.moveThreadSelection(by: state.threads.entries.count)
  }
}
