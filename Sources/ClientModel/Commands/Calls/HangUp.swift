extension Command {
  /// Hang up, or decline.
  public static let hangUp = Command(
    "hang-up", help: "Hang up, or decline", keys: ["M-h", "F7"], in: .anywhere
  ) { state, turn in
    state.hangUp(&turn)
  }
}
