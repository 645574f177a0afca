extension Command {
  /// Add the person found, or the pasted id.
  public static let addSelectedPerson = Command(
    "add-person", help: "Add the person found, or the pasted id", keys: ["Enter"], in: .people
  ) { state, turn in
    state.addSelectedPerson(&turn)
  }
}
