extension Command {
  /// Select the next older hit.
  public static let selectNextHit = Command(
    "hit-down", help: "Select the next older hit", keys: ["Down"], in: .search
  ) { state, turn in
    state.moveHitSelection(by: 1, &turn)
  }
}
