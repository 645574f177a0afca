import ACSTypes
import Services

/// What people are called: as a message says, as the thread does, as this machine does, else by a short form of the id.
struct ChatNames: Sendable {
  private var roster: [ChatThreadID: [CommunicationIdentifier: String]] = [:]
  private let contacts: [CommunicationIdentifier: String]

  init(contacts: [CommunicationIdentifier: String] = [:]) {
    self.contacts = contacts
  }

  /// Who sent a message; `nil` for the service's own.
  ///
  /// The thread's people are asked for once, and only when a message does not say it.
  mutating func sender(
    of message: ChatMessage, in thread: ChatThreadID, chat: any ChatService
  ) async -> String? {
    guard let sender = message.sender else { return nil }
    return await name(of: sender, said: message.senderDisplayName, in: thread, chat: chat)
  }

  /// What somebody is called in a thread.
  mutating func name(
    of person: CommunicationIdentifier, said name: String = "", in thread: ChatThreadID,
    chat: any ChatService
  ) async -> String {
    if !name.isEmpty { return name }
    if roster[thread] == nil {
      // Who cannot be asked now is called by a short name.
      let people = (try? await chat.participants(of: thread)) ?? []
      roster[thread] = Dictionary(
        people.compactMap { person in person.displayName.map { (person.identifier, $0) } }
      ) { $1 }
    }
    if let known = roster[thread]?[person], !known.isEmpty { return known }
    return contacts[person] ?? person.shortForm
  }

  /// What a message tells that is no text of somebody; `nil` for texts.
  mutating func event(
    _ message: ChatMessage, in thread: ChatThreadID, chat: any ChatService
  ) async -> String? {
    func subject(_ initiator: CommunicationIdentifier?) async -> String {
      guard let initiator else { return "Somebody" }
      return await name(of: initiator, in: thread, chat: chat)
    }
    func list(_ people: [ChatParticipant]) async -> String {
      var names: [String] = []
      for person in people {
        names.append(
          await name(
            of: person.identifier, said: person.displayName ?? "", in: thread, chat: chat))
      }
      return names.joined(separator: ", ")
    }
    switch message.content {
    case _ where message.deletedOn != nil: return nil
    case .text, .html: return nil
    case .topicUpdated(let topic, let initiator):
      return "\(await subject(initiator)) set the topic: \(topic)"
    case .participantAdded(let people, let initiator):
      return "\(await subject(initiator)) added \(await list(people))"
    case .participantRemoved(let people, let initiator):
      if people.count == 1, people.first?.identifier == initiator {
        return "\(await list(people)) left"
      }
      return "\(await subject(initiator)) removed \(await list(people))"
    case .unknown(let type): return "a message of the unknown type \(type)"
    }
  }
}

extension ChatNames {
  /// What somebody is called, asking nobody.
  static func known(
    _ person: CommunicationIdentifier, said name: String, _ thread: StoredThread?,
    _ contacts: [CommunicationIdentifier: String]
  ) -> String {
    if !name.isEmpty { return name }
    let listed = thread?.participants.first { $0.identifier == person }?.displayName ?? ""
    return listed.isEmpty ? contacts[person] ?? person.shortForm : listed
  }
}
