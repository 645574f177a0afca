extension Command {
  /// Edit the selected message, if it is mine.
  public static let editSelected = Command(
    "edit", help: "Edit the selected message, if it is mine", keys: ["e", "Enter"], in: .messages
  ) { state, turn in
    state.editSelected(&turn)
  }
}
