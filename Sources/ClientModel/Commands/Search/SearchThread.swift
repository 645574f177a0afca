extension Command {
  /// Search this thread.
  public static let searchThread = Command(
    "search-thread", help: "Search this thread", keys: ["/"], in: .messages
  ) { state, turn in
    state.beginSearch(in: state.threads.open, &turn)
  }
}
