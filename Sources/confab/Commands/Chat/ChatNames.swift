import ACSTypes
import Services

/// What people are called: as a message says, as the thread does, as the directory does, as this machine has kept, else by
/// a short form of the id.
struct ChatNames: Sendable {
  private var roster: [ChatThreadID: [CommunicationIdentifier: String]] = [:]
  private var directory: DirectoryNames
  private let readContacts: @Sendable () async -> [CommunicationIdentifier: String]
  /// `nil` until somebody is met whom nothing else names.
  private var contacts: [CommunicationIdentifier: String]?

  /// `contacts` reads the names that this machine has kept; it is asked once, when one is wanted.
  init(
    _ directory: DirectoryNames,
    contacts: @escaping @Sendable () async -> [CommunicationIdentifier: String]
  ) {
    self.directory = directory
    readContacts = contacts
  }

  /// Asks once about all whom `messages` and the thread do not name.
  mutating func meet(
    _ messages: [ChatMessage], in thread: ChatThreadID, chat: any ChatService
  ) async {
    var nameless: [CommunicationIdentifier] = []
    for message in messages { message.eachNameless { nameless.append($0) } }
    guard !nameless.isEmpty else { return }
    let roster = await people(of: thread, chat)
    await directory.ask(about: nameless.filter { roster[$0] == nil })
  }

  /// The names that the thread tells, asked for once.
  private mutating func people(
    of thread: ChatThreadID, _ chat: any ChatService
  ) async -> [CommunicationIdentifier: String] {
    if let known = roster[thread] { return known }
    // Who cannot be asked now is called by another name.
    let people = (try? await chat.participants(of: thread)) ?? []
    let names = Dictionary(
      people.compactMap { person in
        person.displayName.flatMap { $0.isEmpty ? nil : (person.identifier, $0) }
      }
    ) { $1 }
    roster[thread] = names
    return names
  }

  /// Who sent a message; `nil` for the service's own.
  ///
  /// The thread's people and the directory are asked once, and only when a message does not say it.
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
    if let known = await people(of: thread, chat)[person] { return known }
    await directory.ask(about: [person])
    if let known = directory[person] { return known }
    let contacts = if let contacts { contacts } else { await readContacts() }
    self.contacts = contacts
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
