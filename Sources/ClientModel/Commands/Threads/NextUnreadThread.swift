extension Command {
  /// Open the next thread with something new.
  public static let nextUnreadThread = Command(
    "next-unread", help: "Open the next thread with something new", keys: ["M-u"], in: .main
  ) { state, turn in
    state.openNextUnread(&turn)
  }
}
