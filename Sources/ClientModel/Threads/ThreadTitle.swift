public import ACSTypes

extension ClientState {
  /// What a thread is called: its topic, without one the others' names, and with nobody known its short id.
  public func title(of id: ChatThreadID) -> String {
    if let topic = threads.entry(id)?.thread.topic, !topic.isEmpty { return topic }
    let me = me
    let others = (conversations[id]?.participants ?? []).filter { $0.identifier != me }
    guard others.isEmpty else {
      return others.map { name(of: $0.identifier, in: id) }.joined(separator: ", ")
    }
    return id.rawValue.replacing("@thread.v2", with: "")
  }

  /// Who types in a thread now, by name, in the order of their names.
  public func typingNames(in id: ChatThreadID) -> [String] {
    guard let conversation = conversations[id] else { return [] }
    return conversation.typing.map { person, typing in
      typing.displayName.isEmpty ? name(of: person, in: id) : typing.displayName
    }.sorted()
  }
}
