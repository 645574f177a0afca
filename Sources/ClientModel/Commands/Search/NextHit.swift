extension Command {
  /// Show the next older hit.
  public static let nextHit = Command(
    "next-hit", help: "Show the next older hit", keys: ["n"], in: .messages
  ) { state, turn in
    state.openNeighbourHit(by: 1, &turn)
  }
}
