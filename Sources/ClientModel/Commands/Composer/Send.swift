extension Command {
  /// Send.
  public static let send = Command(
    "send", help: "Send", keys: ["Enter"], in: .composer
  ) { state, turn in
    state.sendComposer(&turn)
  }
}
