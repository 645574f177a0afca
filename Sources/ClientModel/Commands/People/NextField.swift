extension Command {
  /// Go to the next field.
  public static let nextField = Command(
    "next-field", help: "Go to the next field", keys: ["Tab", "S-Tab"], in: .newThread
  ) { state, _ in
    state.switchField()
  }
}
