extension Command {
  /// Leave it as it is.
  public static let declineDelete = Command(
    "no", help: "Leave it as it is", keys: ["n", "Esc"], in: .question
  ) { state, _ in
    state.declineQuestion()
  }
}
