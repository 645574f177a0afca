extension Command {
  /// Scroll down.
  public static let scrollPaneDown = Command(
    "pane-down", help: "Scroll down", keys: ["Down"], in: .pane
  ) { state, _ in
    state.interface.paneScroll += 1
  }
}
