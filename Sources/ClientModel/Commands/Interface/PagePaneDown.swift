extension Command {
  /// Scroll a page down.
  public static let pagePaneDown = Command(
    "pane-page-down", help: "Scroll a page down", keys: ["PgDn", "Space"], in: .pane
  ) { state, _ in
    state.interface.paneScroll += state.paneRows
  }
}
