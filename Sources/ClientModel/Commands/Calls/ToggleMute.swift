extension Command {
  /// Mute myself, or not.
  public static let toggleMute = Command(
    "mute", help: "Mute myself, or not", keys: ["M-m", "F8"], in: .anywhere
  ) { state, turn in
    state.toggleMute(&turn)
  }
}
