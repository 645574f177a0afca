extension Command {
  /// Select the next person.
  public static let selectNextMember = Command(
    "member-down", help: "Select the next person", keys: ["Down", "C-n"], in: .people
  ) { state, _ in
    state.moveMemberSelection(by: 1)
  }
}
