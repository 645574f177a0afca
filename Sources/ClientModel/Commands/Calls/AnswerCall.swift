extension Command {
  /// Answer the call.
  public static let answerCall = Command(
    "answer", help: "Answer the call", keys: ["M-a", "F6"], in: .anywhere
  ) { state, turn in
    state.answerCall(&turn)
  }
}
