extension Command {
  /// Do what is asked about.
  public static let confirmDelete = Command(
    "yes", help: "Do it", keys: ["y", "Enter"], in: .question
  ) { state, turn in
    state.confirmQuestion(&turn)
  }
}
