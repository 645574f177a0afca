extension Command {
  /// Call from this thread.
  public static let callSomebody = Command(
    "call", help: "Call from this thread", keys: ["M-c", "F5"], in: .main
  ) { state, turn in
    state.callFromThread(&turn)
  }
}
