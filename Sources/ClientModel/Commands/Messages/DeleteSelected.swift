extension Command {
  /// Delete the selected message, if it is mine.
  public static let deleteSelected = Command(
    "delete", help: "Delete the selected message, if it is mine",
    keys: ["d", "Delete"], in: .messages
  ) { state, turn in
    state.askToDelete(&turn)
  }
}
