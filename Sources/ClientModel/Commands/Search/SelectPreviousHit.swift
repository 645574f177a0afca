extension Command {
  /// Select the next newer hit.
  public static let selectPreviousHit = Command(
    "hit-up", help: "Select the next newer hit", keys: ["Up"], in: .search
  ) { state, turn in
    state.moveHitSelection(by: -1, &turn)
  }
}
