extension Command {
  /// Go right.
  public static let moveRightInField = Command(
    "field-right", help: "Go right", keys: ["Right"], in: .field
  ) { state, turn in
    state.changeField(&turn) { $0.move(to: $0.cursor + 1) }
  }
}
