extension Command {
  /// Select the person before.
  public static let selectPreviousCallee = Command(
    "callee-up", help: "Select the person before", keys: ["Up"], in: .callChoice
  ) { state, _ in
    state.moveCallChoice(by: -1)
  }
}
