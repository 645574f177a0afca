public import ACSTypes

/// What people are called: one ladder for all that shows a name.
struct Names {
  /// The user and their name, as the settings tell it.
  let me: CommunicationIdentifier?
  let ownName: String
  /// Names that the trusted service's directory told, and names that are kept here.
  let directory: [CommunicationIdentifier: String]
  let contacts: [CommunicationIdentifier: String]
  /// Those of one thread, for looking up many of them.
  var roster: [CommunicationIdentifier: String] = [:]

  /// As `given` with what somebody did, as the thread knows them, as the directory does, as a name that is kept here, else a
  /// short form of their id.
  func name(of person: CommunicationIdentifier?, given: String = "") -> String {
    name(of: person, given: given) { roster[$0] }
  }

  func name(
    of person: CommunicationIdentifier?, given: String,
    inRoster: (CommunicationIdentifier) -> String?
  ) -> String {
    if !given.isEmpty { return given }
    guard let person else { return "Somebody" }
    if person == me, !ownName.isEmpty { return ownName }
    if let name = inRoster(person), !name.isEmpty { return name }
    return directory[person] ?? contacts[person] ?? person.shortForm
  }
}

extension ClientState {
  /// How many names are kept at most; of more people than that the others tell theirs with what they do.
  private static let contactLimit = 20_000

  /// What somebody is called: as `given` with what they did, as the thread knows them, as the trusted service's directory
  /// does, as a name that is kept here, else a short form of their id.
  public func name(
    of person: CommunicationIdentifier?, in thread: ChatThreadID?, given: String = ""
  ) -> String {
    names.name(of: person, given: given) { person in
      thread.flatMap { conversations[$0]?.participants }?
        .first { $0.identifier == person }?.displayName
    }
  }

  private var names: Names {
    Names(me: me, ownName: settings.displayName, directory: directoryNames, contacts: contacts)
  }

  /// The names for many rows of a thread.
  func names(in conversation: Conversation) -> Names {
    var names = names
    for participant in conversation.participants {
      if let name = participant.displayName, !name.isEmpty {
        names.roster[participant.identifier] = name
      }
    }
    return names
  }

  /// Keeps the names of people whom the directory told, for rows that have no better one.
  mutating func noteNames(of people: [Person]) {
    for person in people where !person.displayName.isEmpty {
      // A directory of many is not taken in whole.
      if directoryNames.count >= 5000 { directoryNames = [:] }
      directoryNames[person.identifier] = person.displayName
    }
  }

  /// A name that came with what somebody did now is known later, too, when nothing else tells one.
  mutating func noteContact(_ person: CommunicationIdentifier, name: String) {
    guard !name.isEmpty, person != me, contacts[person] != name,
      contacts[person] != nil || contacts.count < ClientState.contactLimit
    else { return }
    contacts[person] = name
    keep(.contact(person, name: name))
  }

  /// The names of a thread's people, as its roster tells them; `before` is the roster that was known.
  ///
  /// Rosters of several threads may call somebody differently: a name that is kept goes only for one that was changed.
  mutating func noteContacts(in roster: [ChatParticipant], before: [ChatParticipant]) {
    // Of those alone that are told of now: somebody who came asks for nothing of all the others.
    let told = Set(roster.map(\.identifier))
    var known: [CommunicationIdentifier: String] = [:]
    for person in before where told.contains(person.identifier) {
      known[person.identifier] = person.displayName ?? ""
    }
    for person in roster {
      let name = person.displayName ?? ""
      let isChanged = known[person.identifier].map { !$0.isEmpty && $0 != name } ?? false
      if isChanged || contacts[person.identifier] == nil {
        noteContact(person.identifier, name: name)
      }
    }
  }
}
