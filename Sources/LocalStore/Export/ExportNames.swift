import ACSTypes

/// What people are called: as a message says, as the thread does, as this machine does, else by a short form of the id.
struct ExportNames: Sendable {
  private let known: [CommunicationIdentifier: String]

  init(thread: StoredThread, contacts: [CommunicationIdentifier: String]) {
    let roster = thread.participants.compactMap { person in
      person.displayName.flatMap { $0.isEmpty ? nil : (person.identifier, $0) }
    }
    known = contacts.merging(roster) { $1 }
  }

  func name(of person: CommunicationIdentifier, said name: String? = nil) -> String {
    if let name, !name.isEmpty { return name }
    return known[person] ?? person.shortForm
  }

  func name(of person: ChatParticipant) -> String {
    name(of: person.identifier, said: person.displayName)
  }

  func sender(of message: ChatMessage) -> String? {
    message.sender.map { name(of: $0, said: message.senderDisplayName) }
  }

  /// What a message tells that is no text of somebody; `nil` for texts.
  func event(_ message: ChatMessage) -> String? {
    func subject(_ initiator: CommunicationIdentifier?) -> String {
      initiator.map { name(of: $0) } ?? "Somebody"
    }
    func list(_ people: [ChatParticipant]) -> String {
      people.map { name(of: $0) }.joined(separator: ", ")
    }
    switch message.content {
    case _ where message.deletedOn != nil: return nil
    case .text, .html: return nil
    case .topicUpdated(let topic, let initiator):
      return "\(subject(initiator)) set the topic: \(topic)"
    case .participantAdded(let people, let initiator):
      return "\(subject(initiator)) added \(list(people))"
    case .participantRemoved(let people, let initiator):
      if people.count == 1, people.first?.identifier == initiator { return "\(list(people)) left" }
      return "\(subject(initiator)) removed \(list(people))"
    case .unknown(let type): return "a message of the unknown type \(type)"
    }
  }
}

extension ChatAttachment {
  /// What a reader is told of it.
  var label: String { name.flatMap { $0.isEmpty ? nil : $0 } ?? id }
}

extension String {
  /// On one line, with a sign for each character that a terminal would obey.
  var onOneLine: String {
    String(map { $0.isNewline || $0 == "\t" ? " " : $0.isControl ? "\u{FFFD}" : $0 })
  }

  /// Its lines, each as ``onOneLine`` has it.
  var safeLines: [String] {
    split(omittingEmptySubsequences: false) { $0.isNewline }.map { String($0).onOneLine }
  }
}
