extension Command {
  /// Scroll a page up.
  public static let pagePaneUp = Command(
    "pane-page-up", help: "Scroll a page up", keys: ["PgUp"], in: .pane
  ) { state, _ in
    state.interface.paneScroll = max(0, state.interface.paneScroll - state.paneRows)
  }
}
