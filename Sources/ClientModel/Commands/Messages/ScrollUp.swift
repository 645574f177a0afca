extension Command {
  /// Show older messages.
  public static let scrollUp = Command(
    "page-up", help: "Show older messages", keys: ["PgUp"], in: .main
  ) { state, turn in
    state.scrollPage(up: true, &turn)
  }
}
