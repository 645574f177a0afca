extension Command {
  /// Go right.
  public static let moveRightInSearch = Command(
    "search-right", help: "Go right", keys: ["Right"], in: .search
  ) { state, turn in
    state.changeSearch(&turn) { $0.move(to: $0.cursor + 1) }
  }
}
