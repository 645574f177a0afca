extension Command {
  /// Select the person before.
  public static let selectPreviousMember = Command(
    "member-up", help: "Select the person before", keys: ["Up", "C-p"], in: .people
  ) { state, _ in
    state.moveMemberSelection(by: -1)
  }
}
