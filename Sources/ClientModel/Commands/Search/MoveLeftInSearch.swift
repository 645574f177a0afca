extension Command {
  /// Go left.
  public static let moveLeftInSearch = Command(
    "search-left", help: "Go left", keys: ["Left"], in: .search
  ) { state, turn in
    state.changeSearch(&turn) { $0.move(to: $0.cursor - 1) }
  }
}
