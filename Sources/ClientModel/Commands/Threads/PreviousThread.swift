extension Command {
  /// Open the thread before.
  public static let previousThread = Command(
    "previous-thread", help: "Open the thread before", keys: ["M-Up", "C-Up"], in: .main
  ) { state, turn in
    state.openNeighbour(by: -1, &turn)
  }
}
