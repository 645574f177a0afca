extension Command {
  /// Select the message before.
  public static let selectOlder = Command(
    "message-up", help: "Select the message before", keys: ["Up"], in: .messages
  ) { state, turn in
    state.moveMessageSelection(by: -1, &turn)
  }
}
