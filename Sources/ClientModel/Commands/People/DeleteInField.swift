extension Command {
  /// Delete to the left; with nothing typed, take the last person out.
  public static let deleteInField = Command(
    "field-delete-left", help: "Delete to the left; with nothing typed, take the last person out",
    keys: ["Backspace", "C-h"], in: .field
  ) { state, turn in
    state.deleteInField(&turn)
  }
}
