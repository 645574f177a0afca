extension Command {
  /// Back to writing.
  public static let leaveMessages = Command(
    "leave-messages", help: "Back to writing", keys: ["Esc"], in: .messages
  ) { state, _ in
    state.leaveMessages()
  }
}
