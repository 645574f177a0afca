extension Command {
  /// New thread.
  public static let openNewThread = Command(
    "new-thread", help: "New thread", keys: ["C-n"], in: .main
  ) { state, turn in
    state.beginNewThread(&turn)
  }
}
