extension Command {
  /// Go right.
  public static let moveRightInField = Command(
    "field-right", help: "Go right", keys: ["Right"], in: .newThread
  ) { state, turn in
    state.changeField(&turn) { $0.move(to: $0.cursor + 1) }
  }
}
