extension Command {
  /// Forget a thread that one is no longer in, after a question.
  public static let forgetThread = Command(
    "forget-thread", help: "Forget a thread that I left", keys: ["Delete"], in: .threads
  ) { state, turn in
    state.askToForget(&turn)
  }
}
