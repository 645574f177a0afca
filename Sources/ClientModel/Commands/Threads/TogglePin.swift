extension Command {
  /// Keep the thread at the top, or no longer.
  public static let togglePin = Command(
    "pin", help: "Pin the thread to the top, or let it go", keys: ["M-p"], in: .main
  ) { state, turn in
    state.togglePin(&turn)
  }
}
