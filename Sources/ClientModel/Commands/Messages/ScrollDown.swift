extension Command {
  /// Show newer messages.
  public static let scrollDown = Command(
    "page-down", help: "Show newer messages", keys: ["PgDn"], in: .main
  ) { state, turn in
    state.scrollPage(up: false, &turn)
  }
}
