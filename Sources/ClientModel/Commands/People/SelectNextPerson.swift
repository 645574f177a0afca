extension Command {
  /// Select the next person.
  public static let selectNextPerson = Command(
    "person-down", help: "Select the next person", keys: ["Down"], in: .newThread
  ) { state, _ in
    state.movePersonSelection(by: 1)
  }
}
