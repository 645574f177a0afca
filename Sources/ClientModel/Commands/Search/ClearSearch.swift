extension Command {
  /// Clear what is searched for.
  public static let clearSearch = Command(
    "search-clear", help: "Clear what is searched for", keys: ["C-u"], in: .search
  ) { state, turn in
    state.changeSearch(&turn) { $0 = Composer() }
  }
}
