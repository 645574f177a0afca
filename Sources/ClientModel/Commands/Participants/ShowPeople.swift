extension Command {
  /// Show who is in the thread, to add and remove people.
  public static let showPeople = Command(
    "people", help: "Show the people of the thread: add, remove", keys: ["M-w", "F4"], in: .main
  ) { state, turn in
    state.showPeople(&turn)
  }
}
