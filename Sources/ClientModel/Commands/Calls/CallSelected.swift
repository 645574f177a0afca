extension Command {
  /// Call the selected person.
  public static let callSelected = Command(
    "call-selected", help: "Call the selected person", keys: ["Enter"], in: .callChoice
  ) { state, turn in
    state.callChosen(&turn)
  }
}
