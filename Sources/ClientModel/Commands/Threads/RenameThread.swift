extension Command {
  /// Give the thread another topic.
  public static let renameThread = Command(
    "rename-thread", help: "Give the thread another topic", keys: ["M-e"], in: .main
  ) { state, turn in
    state.beginRename(&turn)
  }
}
