public import ACSTypes

extension ClientState {
  /// What somebody is called: as `given` with what they did, as the thread knows them, as the trusted service's directory
  /// does, as a name that is kept here, else a short form of their id.
  public func name(
    of person: CommunicationIdentifier?, in thread: ChatThreadID?, given: String = ""
  ) -> String {
    if !given.isEmpty { return given }
    guard let person else { return "Somebody" }
    if person == me, !settings.displayName.isEmpty { return settings.displayName }
    let roster = thread.flatMap { conversations[$0]?.participants } ?? []
    if let name = roster.first(where: { $0.identifier == person })?.displayName, !name.isEmpty {
      return name
    }
    return directoryNames[person] ?? contacts[person] ?? person.shortForm
  }

  /// Keeps the names of people whom the directory told, for rows that have no better one.
  mutating func noteNames(of people: [Person]) {
    for person in people where !person.displayName.isEmpty {
      // A directory of many is not taken in whole.
      if directoryNames.count >= 5000 { directoryNames = [:] }
      directoryNames[person.identifier] = person.displayName
    }
  }

  /// A name that somebody gave with what they did is known later, too, when nothing else tells one.
  mutating func noteContact(_ person: CommunicationIdentifier, name: String) {
    guard !name.isEmpty, person != me, contacts[person] != name else { return }
    contacts[person] = name
    keep(.contact(person, name: name))
  }
}
