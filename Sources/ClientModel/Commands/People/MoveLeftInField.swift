extension Command {
  /// Go left.
  public static let moveLeftInField = Command(
    "field-left", help: "Go left", keys: ["Left"], in: .field
  ) { state, turn in
    state.changeField(&turn) { $0.move(to: $0.cursor - 1) }
  }
}
