extension Command {
  /// Send a failed message again.
  public static let retryFailedMessage = Command(
    "retry", help: "Send a failed message again", keys: ["M-r"], in: .main
  ) { state, turn in
    state.retryFailed(&turn)
  }
}
