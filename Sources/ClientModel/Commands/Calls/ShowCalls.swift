extension Command {
  /// Show the calls.
  public static let showCalls = Command(
    "calls", help: "Show the calls", keys: ["F3", "M-l"], in: .anywhere
  ) { state, _ in
    state.toggle(.calls)
  }
}
