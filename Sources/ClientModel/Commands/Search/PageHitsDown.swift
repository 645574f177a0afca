extension Command {
  /// Go a page of hits down.
  public static let pageHitsDown = Command(
    "hits-page-down", help: "Go a page of hits down", keys: ["PgDn"], in: .search
  ) { state, turn in
    state.moveHitSelection(by: 10, &turn)
  }
}
