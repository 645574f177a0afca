extension Command {
  /// Delete the word to the left.
  public static let deleteWordInSearch = Command(
    "search-delete-word", help: "Delete the word to the left", keys: ["C-w"], in: .search
  ) { state, turn in
    state.changeSearch(&turn) { $0.remove(to: $0.previousWord) }
  }
}
