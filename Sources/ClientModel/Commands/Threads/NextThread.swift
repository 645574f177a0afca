extension Command {
  /// Open the next thread.
  public static let nextThread = Command(
    "next-thread", help: "Open the next thread", keys: ["M-Down", "C-Down"], in: .main
  ) { state, turn in
    state.openNeighbour(by: 1, &turn)
  }
}
