extension Command {
  /// Delete to the left.
  public static let deleteInSearch = Command(
    "search-delete", help: "Delete to the left", keys: ["Backspace", "C-h"], in: .search
  ) { state, turn in
    state.changeSearch(&turn) { $0.remove(to: $0.cursor - 1) }
  }
}
