extension Command {
  /// Draw the screen again.
  public static let redraw = Command(
    "redraw", help: "Draw the screen again", keys: ["C-l"], in: .anywhere
  ) { state, turn in
    turn.tell(.redraw, in: &state)
  }
}
