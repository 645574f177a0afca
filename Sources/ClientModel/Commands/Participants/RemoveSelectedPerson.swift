extension Command {
  /// Remove the selected person, after a question.
  public static let removeSelectedPerson = Command(
    "remove-person", help: "Remove the selected person", keys: ["Delete", "C-d"], in: .people
  ) { state, turn in
    state.askToRemove(&turn)
  }
}
