extension Command {
  /// Go on.
  public static let confirmField = Command(
    "confirm", help: "Go on", keys: ["Enter"], in: .newThread
  ) { state, turn in
    state.confirmNewThread(&turn)
  }
}
