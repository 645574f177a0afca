public import ACSTypes

/// The dialog that changes a thread's topic.
public struct TopicChange: Hashable, Sendable {
  /// The thread.
  public var thread: ChatThreadID
  /// The topic as it is being written.
  public internal(set) var topic: Composer
  /// True while the service is asked.
  public internal(set) var isSaving = false
  /// What is wrong, in words.
  public internal(set) var problem: String?
}

extension ClientState {
  /// The most characters of a topic that the service takes (WIRE 4).
  private static let topicLimit = 250

  mutating func beginRename(_ turn: inout Turn) {
    guard let id = targetThread, let entry = threads.entry(id) else { return }
    guard entry.standing == .member else {
      say(.failure("Only members of a thread can rename it."), &turn)
      return
    }
    renaming = TopicChange(thread: id, topic: Composer(text: entry.thread.topic))
    interface.pane = .rename
  }

  mutating func saveTopic(_ turn: inout Turn) {
    guard let change = renaming, !change.isSaving else { return }
    let topic = change.topic.text
    guard topic != threads.entry(change.thread)?.thread.topic else {
      toggle(.rename)
      return
    }
    guard topic.contains(where: { !$0.isWhitespace }) else {
      renaming?.problem = "A topic needs at least one letter."
      return
    }
    guard topic.count <= ClientState.topicLimit else {
      renaming?.problem = "A topic has at most \(ClientState.topicLimit) characters."
      return
    }
    if let pause = pauseBeforeChange(.topic(change.thread), turn) {
      renaming?.problem = pause
      return
    }
    renaming?.isSaving = true
    renaming?.problem = nil
    turn.ask(.updateTopic(change.thread, topic: topic), in: &self)
  }

  mutating func topicUpdated(
    _ id: ChatThreadID, to topic: String, _ result: EffectResult, _ turn: inout Turn
  ) {
    let isShown = renaming?.thread == id && interface.pane == .rename
    switch result {
    case .done:
      threads.rename(id, to: topic, version: threads.entry(id)?.topicVersion ?? 0)
      keepThread(id)
      if isShown { toggle(.rename) }
      chatAnswered(&turn)
      relist(&turn)
    case .failed(let error):
      connection.paces.note(error, of: .topic(id), at: turn.now)
      if isShown {
        renaming?.isSaving = false
        renaming?.problem = error.message
      } else {
        say(.failure("\(title(of: id)): the topic was not changed. \(error.message)"), &turn)
      }
    default:
      break
    }
  }
}
