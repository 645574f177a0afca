extension Command {
  /// Back to writing.
  public static let leaveThreadList = Command(
    "leave-threads", help: "Back to writing", keys: ["Esc"], in: .threads
  ) { state, _ in
    if state.threads.open != nil { state.interface.focus = .composer }
  }
}
