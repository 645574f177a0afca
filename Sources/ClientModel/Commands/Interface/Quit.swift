extension Command {
  /// Leave Confab.
  public static let quit = Command(
    "quit", help: "Leave Confab", keys: ["C-q"], in: .anywhere
  ) { state, turn in
    state.leave(turn)
  }
}
