extension Command {
  /// Save the new topic.
  public static let saveTopic = Command(
    "save-topic", help: "Save the topic", keys: ["Enter"], in: .rename
  ) { state, turn in
    state.saveTopic(&turn)
  }
}
