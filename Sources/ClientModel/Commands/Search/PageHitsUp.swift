extension Command {
  /// Go a page of hits up.
  public static let pageHitsUp = Command(
    "hits-page-up", help: "Go a page of hits up", keys: ["PgUp"], in: .search
  ) { state, turn in
    state.moveHitSelection(by: -10, &turn)
  }
}
