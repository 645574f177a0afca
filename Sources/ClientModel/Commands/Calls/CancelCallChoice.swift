extension Command {
  /// Call nobody.
  public static let cancelCallChoice = Command(
    "cancel-call", help: "Call nobody", keys: ["Esc"], in: .callChoice
  ) { state, _ in
    state.interface.pane = nil
  }
}
