extension Command {
  /// Select the next message.
  public static let selectNewer = Command(
    "message-down", help: "Select the next message", keys: ["Down"], in: .messages
  ) { state, turn in
    state.moveMessageSelection(by: 1, &turn)
  }
}
