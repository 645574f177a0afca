extension Command {
  /// Take a failed message back to edit it.
  public static let takeBackFailedMessage = Command(
    "take-back", help: "Take a failed message back to edit it", keys: ["M-t"], in: .main
  ) { state, turn in
    state.takeBackFailed(&turn)
  }
}
