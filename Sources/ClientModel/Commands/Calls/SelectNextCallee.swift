extension Command {
  /// Select the next person.
  public static let selectNextCallee = Command(
    "callee-down", help: "Select the next person", keys: ["Down"], in: .callChoice
  ) { state, _ in
    state.moveCallChoice(by: 1)
  }
}
