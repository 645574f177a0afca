extension Command {
  /// Let new messages of the thread go by quietly, or no longer.
  public static let toggleThreadMute = Command(
    "mute-thread", help: "Quieten the thread, or let it be heard again", keys: ["M-q"], in: .main
  ) { state, turn in
    state.toggleThreadMute(&turn)
  }
}
