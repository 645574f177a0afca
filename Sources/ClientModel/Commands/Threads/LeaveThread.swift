extension Command {
  /// Leave the thread, after a question; one that was left already is forgotten.
  public static let leaveThread = Command(
    "leave-thread", help: "Leave the thread; once left, forget it", keys: ["M-x"], in: .main
  ) { state, turn in
    state.askToLeave(&turn)
  }
}
