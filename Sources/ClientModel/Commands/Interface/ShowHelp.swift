extension Command {
  /// Show the keys.
  public static let showHelp = Command(
    "help", help: "Show the keys", keys: ["F1"], in: .anywhere
  ) { state, _ in
    state.toggle(.help)
  }
}
