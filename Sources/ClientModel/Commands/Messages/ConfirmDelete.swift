extension Command {
  /// Delete it.
  public static let confirmDelete = Command(
    "yes", help: "Delete it", keys: ["y", "Enter"], in: .question
  ) { state, turn in
    state.deleteConfirmed(&turn)
  }
}
