extension Command {
  /// Keep the old topic.
  public static let cancelRename = Command(
    "keep-topic", help: "Keep the old topic", keys: ["Esc"], in: .rename
  ) { state, _ in
    state.toggle(.rename)
  }
}
