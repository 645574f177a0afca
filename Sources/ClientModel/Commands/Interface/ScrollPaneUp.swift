extension Command {
  /// Scroll up.
  public static let scrollPaneUp = Command(
    "pane-up", help: "Scroll up", keys: ["Up"], in: .pane
  ) { state, _ in
    state.interface.paneScroll = max(0, state.interface.paneScroll - 1)
  }
}
