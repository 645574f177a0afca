extension Command {
  /// Show the next newer hit.
  public static let previousHit = Command(
    "previous-hit", help: "Show the next newer hit", keys: ["N"], in: .messages
  ) { state, turn in
    state.openNeighbourHit(by: -1, &turn)
  }
}
