extension Command {
  /// Show who I am.
  public static let showIdentity = Command(
    "identity", help: "Show who I am", keys: ["F2"], in: .anywhere
  ) { state, _ in
    state.toggle(.identity)
  }
}
