extension Command {
  /// Search this thread, or all.
  public static let toggleSearchScope = Command(
    "search-scope", help: "Search this thread, or all", keys: ["Tab"], in: .search
  ) { state, turn in
    state.toggleSearchScope(&turn)
  }
}
