extension Command {
  /// Select the person before.
  public static let selectPreviousPerson = Command(
    "person-up", help: "Select the person before", keys: ["Up"], in: .newThread
  ) { state, _ in
    state.movePersonSelection(by: -1)
  }
}
