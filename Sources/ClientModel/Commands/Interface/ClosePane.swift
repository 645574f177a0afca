extension Command {
  /// Close.
  public static let closePane = Command(
    "close", help: "Close", keys: ["Esc", "Enter", "q"], in: .pane
  ) { state, _ in
    state.interface.pane = nil
  }
}
