extension Command {
  /// Keep it.
  public static let declineDelete = Command(
    "no", help: "Keep it", keys: ["n", "Esc"], in: .question
  ) { state, _ in
    state.interface.pane = nil
  }
}
