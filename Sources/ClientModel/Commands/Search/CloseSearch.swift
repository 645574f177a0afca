extension Command {
  /// Stop searching.
  public static let closeSearch = Command(
    "close-search", help: "Stop searching", keys: ["Esc"], in: .search
  ) { state, _ in
    state.closeSearch()
  }
}
