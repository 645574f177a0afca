extension Command {
  /// Show the token flow.
  public static let showTokenFlow = Command(
    "token-flow", help: "Show the token flow", keys: ["C-t"], in: .anywhere
  ) { state, _ in
    state.toggle(.tokenFlow)
  }
}
