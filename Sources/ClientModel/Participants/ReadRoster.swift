import ACSTypes

/// Reading who is in a thread.
extension ClientState {
  /// After a list of people did not come, though the service answers.
  private static let rosterRetry = Duration.seconds(60)

  /// Asks who is in a thread, unless that is under way; as soon as it may.
  mutating func askForPeople(of id: ChatThreadID, _ turn: inout Turn) {
    guard !ledger.contains(where: { $0 == .listParticipants(id) }) else { return }
    guard connection.problem == nil else {
      // It is asked as soon as the service answers.
      connection.waits.wait(.people(id), until: turn.now)
      return
    }
    let pages = 1 + (conversations[id]?.participants.count ?? 0) / 100
    if let end = (id == threads.open ? connection.settling(at: turn.now) : nil)
      ?? connection.holds.end(of: .people(id), at: turn.now)
      ?? connection.paces.spend(.people(id), cost: pages, at: turn.now)
    {
      connection.waits.wait(.people(id), until: end)
      return
    }
    turn.ask(.listParticipants(id), in: &self)
  }

  /// What is being asked of the roster may be answered as it was before.
  mutating func noteRosterChange(in id: ChatThreadID) {
    guard ledger.contains(where: { $0 == .listParticipants(id) }) else { return }
    conversations[id]?.isRosterUnsure = true
  }

  mutating func participantsFinished(
    _ id: ChatThreadID, _ result: EffectResult, _ turn: inout Turn
  ) {
    switch result {
    case .participants(let participants):
      connection.holds.end(.people(id))
      let known = conversations[id]?.participants ?? []
      noteContacts(in: participants, before: known)
      conversations[id]?.participants = participants
      meetNameless(of: participants, in: id)
      if conversations[id]?.isRosterUnsure ?? false {
        // It changed while it was being asked: the answer may be of before that, or of after.
        conversations[id]?.isRosterUnsure = false
        askForPeople(of: id, &turn)
      }
      if threads.open == id { askForReceipts(of: id, &turn) }
      if participants != known { keepThread(id) }
      chatAnswered(&turn)
    case .failed(let error) where error.code == .forbidden || error.code == .notFound:
      guard threads.entry(id)?.standing == .member else { return }
      readingRefused(error, in: id, &turn)
    case .failed(let error):
      readFailed(error, of: .people(id), &turn)
      // What made it ask is told once: a list that did not come is asked for again.
      let pause = connection.problem == nil ? ClientState.rosterRetry : .zero
      connection.waits.wait(
        .people(id),
        until: connection.holds.end(of: .people(id), at: turn.now) ?? turn.now + pause)
    default:
      break
    }
  }
}
