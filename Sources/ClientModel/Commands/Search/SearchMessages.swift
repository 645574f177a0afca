extension Command {
  /// Search all messages.
  public static let searchMessages = Command(
    "search", help: "Search all messages", keys: ["C-r"], in: .main
  ) { state, turn in
    state.beginSearch(in: nil, &turn)
  }
}
