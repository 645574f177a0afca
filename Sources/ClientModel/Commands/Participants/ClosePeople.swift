extension Command {
  /// Close the people of the thread.
  public static let closePeople = Command(
    "close-people", help: "Close", keys: ["Esc"], in: .people
  ) { state, _ in
    state.toggle(.people)
  }
}
