extension Command {
  /// Create the thread.
  public static let createThreadNow = Command(
    "create", help: "Create the thread", keys: ["C-s"], in: .newThread
  ) { state, turn in
    state.createThread(&turn)
  }
}
