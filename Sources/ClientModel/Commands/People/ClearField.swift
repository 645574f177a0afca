extension Command {
  /// Clear the field.
  public static let clearField = Command(
    "field-clear", help: "Clear the field", keys: ["C-u"], in: .field
  ) { state, turn in
    state.changeField(&turn) { $0 = Composer() }
  }
}
