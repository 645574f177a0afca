extension Command {
  /// Go a row up; with nothing written, edit my last message.
  public static let moveUp = Command(
    "up", help: "Go a row up; with nothing written, edit my last message",
    keys: ["Up"], in: .composer
  ) { state, turn in
    state.composerUp(&turn)
  }
}
