extension Command {
  /// Closes what is open, else clears the composer, else tells how to leave.
  public static let interrupt = Command(
    "interrupt", help: "Close what is open, or clear what is written", keys: ["C-c", "C-g"],
    in: .anywhere
  ) { state, turn in
    state.interrupt(&turn)
  }
}
