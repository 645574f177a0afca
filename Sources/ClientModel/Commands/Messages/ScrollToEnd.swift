extension Command {
  /// Show the newest message.
  public static let scrollToEnd = Command(
    "bottom", help: "Show the newest message", keys: ["M-End", "C-End"], in: .main
  ) { state, turn in
    state.scrollToEnd(&turn)
  }
}
