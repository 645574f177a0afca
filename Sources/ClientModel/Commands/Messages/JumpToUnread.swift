extension Command {
  /// Show where what is new begins.
  public static let jumpToUnread = Command(
    "jump-unread", help: "Show where what is new begins", keys: ["M-j"], in: .main
  ) { state, turn in
    state.jumpToUnread(&turn)
  }
}
