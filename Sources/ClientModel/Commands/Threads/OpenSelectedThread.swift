extension Command {
  /// Open the selected thread.
  public static let openSelectedThread = Command(
    "open-thread", help: "Open the selected thread", keys: ["Enter", "Right"], in: .threads
  ) { state, turn in
    if let id = state.threads.selected { state.openThread(id, &turn) }
  }
}
