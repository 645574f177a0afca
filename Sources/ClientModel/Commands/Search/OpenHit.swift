extension Command {
  /// Show the selected hit in its thread.
  public static let openHit = Command(
    "open-hit", help: "Show the selected hit in its thread", keys: ["Enter"], in: .search
  ) { state, turn in
    state.openHit(&turn)
  }
}
