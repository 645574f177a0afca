extension Command {
  /// Give it up.
  public static let cancelNewThread = Command(
    "cancel-dialog", help: "Give it up", keys: ["Esc"], in: .newThread
  ) { state, _ in
    state.toggle(.newThread)
  }
}
