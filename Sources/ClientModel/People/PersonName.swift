public import ACSTypes

extension ClientState {
  /// What somebody is called in a thread: the name that the thread tells, else the short form of their id.
  public func name(of person: CommunicationIdentifier, in thread: ChatThreadID) -> String {
    if person == session.session?.identity, !settings.displayName.isEmpty {
      return settings.displayName
    }
    let known = conversations[thread]?.participants.first { $0.identifier == person }?.displayName
    return known.flatMap { $0.isEmpty ? nil : $0 } ?? person.shortForm
  }
}
