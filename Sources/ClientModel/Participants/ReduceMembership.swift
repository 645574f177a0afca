import ACSTypes

/// Who is in a thread, and how the user stands to it.
extension ClientState {
  /// People came in; an older fact about somebody than the one known changes nothing.
  mutating func noteMembers(
    _ people: [ChatParticipant], in id: ChatThreadID, version: Int64
  ) {
    guard threads.contains(id) else { return }
    noteContacts(in: people, before: conversations[id]?.participants ?? [])
    meetNameless(of: people, in: id)
    for person in people where isNewer(version, of: person.identifier, in: id) {
      let index = conversations[id]?.participants.firstIndex { $0.identifier == person.identifier }
      if let index {
        conversations[id]?.participants[index] = person
      } else {
        conversations[id, default: Conversation()].participants.append(person)
      }
      if person.identifier == session.session?.identity { threads.stand(.member, in: id) }
    }
    readLine(of: id)
    noteRosterChange(in: id)
    keepThread(id)
  }

  /// People left or were removed; the user among them can read what is here, and write no more.
  mutating func noteLeavers(
    _ people: [ChatParticipant], _ change: ThreadChange, _ turn: inout Turn
  ) {
    let id = change.thread
    guard threads.contains(id) else { return }
    for person in people where isNewer(change.version, of: person.identifier, in: id) {
      conversations[id]?.participants.removeAll { $0.identifier == person.identifier }
      stopTyping(person.identifier, in: id)
      if person.identifier == session.session?.identity {
        let hasLeft = change.initiator == person.identifier
        threads.stand(hasLeft ? .left : .removed, in: id, by: change.initiator)
        if threads.open == id, !hasLeft { say(.information(standingText(id)), &turn) }
        relist(&turn)
      }
    }
    readLine(of: id)
    noteRosterChange(in: id)
    keepThread(id)
  }

  /// Why the open thread cannot be written to; `nil` when it can.
  public var readOnlyReason: String? {
    guard let id = threads.open, let entry = threads.entry(id), entry.standing != .member else {
      return nil
    }
    return standingText(id)
  }

  private func standingText(_ id: ChatThreadID) -> String {
    switch threads.entry(id)?.standing {
    case .left: "You left this thread."
    case .removed:
      threads.entry(id)?.removedBy.map { "\(name(of: $0, in: id)) removed you from this thread." }
        ?? "You were removed from this thread."
    case .deleted: "This thread was deleted."
    case .member, nil: ""
    }
  }

  private mutating func isNewer(
    _ version: Int64, of person: CommunicationIdentifier, in id: ChatThreadID
  ) -> Bool {
    let known = conversations[id]?.memberships[person] ?? -1
    guard version > known else { return false }
    conversations[id, default: Conversation()].memberships[person] = version
    return true
  }
}
