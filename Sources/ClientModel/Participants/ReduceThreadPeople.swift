import ACSTypes

/// The people of a thread: looking at them, adding and removing some.
extension ClientState {
  mutating func showPeople(_ turn: inout Turn) {
    guard let id = targetThread, threads.contains(id) else { return }
    people = ThreadPeople(thread: id)
    interface.pane = .people
    if threads.entry(id)?.standing == .member { askForPeople(of: id, &turn) }
  }

  mutating func moveMemberSelection(by step: Int) {
    guard let pane = people else { return }
    let count = pane.search.isEmpty ? members(of: pane.thread).count : pane.found.count
    people?.selection = max(0, min(pane.selection + step, count - 1))
  }

  mutating func findToAdd(_ turn: inout Turn) {
    guard let pane = people else { return }
    people?.problem = nil
    people?.selection = 0
    people?.found = []
    guard !pane.search.isEmpty else { return }
    people?.isSearching = true
    findPeople(pane.search.text, &turn)
  }

  mutating func foundToAdd(for text: String, _ result: EffectResult) {
    guard let pane = people, pane.search.text == text else { return }
    people?.isSearching = false
    switch result {
    case .people(let found):
      let members = Set(members(of: pane.thread).map(\.identifier))
      people?.found = found.filter { !members.contains($0.identifier) }
    case .failed(let error): people?.problem = error.message
    default: break
    }
  }

  mutating func addSelectedPerson(_ turn: inout Turn) {
    guard let pane = people, !pane.isChanging, !pane.search.isEmpty else { return }
    guard threads.entry(pane.thread)?.standing == .member else {
      people?.problem = "Only members of a thread can add people."
      return
    }
    let pasted = CommunicationIdentifier(rawID: pane.search.text.filter { !$0.isWhitespace })
    let person: Person
    if pasted.kind != .unknown {
      person = Person(identifier: pasted, displayName: "")
    } else if pane.found.indices.contains(pane.selection) {
      person = pane.found[pane.selection]
    } else {
      people?.problem = "Nobody by that name. An id begins with 8:acs:"
      return
    }
    guard !members(of: pane.thread).contains(where: { $0.identifier == person.identifier }) else {
      let name = name(of: person.identifier, in: pane.thread)
      people?.problem = "\(name) is in the thread already."
      return
    }
    if let pause = pauseBeforeChange(.membership(pane.thread), turn) {
      people?.problem = pause
      return
    }
    people?.isChanging = true
    people?.problem = nil
    let added = ChatParticipant(identifier: person.identifier, displayName: person.displayName)
    turn.ask(.addParticipants(pane.thread, [added]), in: &self)
  }

  mutating func peopleAdded(
    _ added: [ChatParticipant], to id: ChatThreadID, _ result: EffectResult, _ turn: inout Turn
  ) {
    if people?.thread == id { people?.isChanging = false }
    switch result {
    case .done:
      for person in added
      where
        !(conversations[id]?.participants.contains { $0.identifier == person.identifier }
        ?? false)
      {
        conversations[id, default: Conversation()].participants.append(person)
      }
      keepThread(id)
      if people?.thread == id {
        let last = max(0, members(of: id).count - 1)
        people?.search = Composer()
        people?.found = []
        people?.selection = last
      }
      chatAnswered(&turn)
    case .failed(let error):
      peopleFailed(error, in: id, &turn)
    default:
      break
    }
  }

  mutating func askToRemove(_ turn: inout Turn) {
    guard let pane = people, !pane.isChanging, pane.search.isEmpty else { return }
    let members = members(of: pane.thread)
    guard members.indices.contains(pane.selection),
      threads.entry(pane.thread)?.standing == .member
    else { return }
    let person = members[pane.selection].identifier
    interface.pane = .question(
      person == me ? .leave(pane.thread) : .remove(person, from: pane.thread)
    )
  }

  /// Takes somebody out; asked once however often the person says so.
  mutating func remove(
    _ person: CommunicationIdentifier, from id: ChatThreadID, _ turn: inout Turn
  ) {
    let isOwn = person == me
    if !isOwn, people != nil { interface.pane = .people } else { people = nil }
    guard !ledger.contains(where: { $0 == .removeParticipant(id, person) }) else { return }
    if let pause = pauseBeforeChange(.membership(id), turn) {
      if people?.thread == id {
        people?.problem = pause
      } else {
        say(.failure("\(title(of: id)): \(pause)"), &turn)
      }
      return
    }
    people?.isChanging = true
    turn.ask(.removeParticipant(id, person), in: &self)
  }

  mutating func personRemoved(
    _ person: CommunicationIdentifier, from id: ChatThreadID, _ result: EffectResult,
    _ turn: inout Turn
  ) {
    if people?.thread == id { people?.isChanging = false }
    let isOwn = person == me
    switch result {
    case .failed(let error) where error.code != .notFound:
      peopleFailed(error, in: id, &turn)
    case .done, .failed:
      // Who is out already is out.
      conversations[id]?.participants.removeAll { $0.identifier == person }
      stopTyping(person, in: id)
      if isOwn, threads.entry(id)?.standing == .member {
        threads.stand(.left, in: id)
        if threads.open == id { connection.openThreadDueOn = nil }
        if threads.open != id { say(.information("You left \(title(of: id))."), &turn) }
        relist(&turn)
      }
      moveMemberSelection(by: 0)
      keepThread(id)
      chatAnswered(&turn)
    default:
      break
    }
  }

  /// A reading of the list that began before a change tells what was before it: it is begun anew.
  mutating func relist(_ turn: inout Turn) {
    let under = ledger.ids { if case .listThreads = $0 { true } else { false } }
    guard !under.isEmpty || connection.nextList != nil else { return }
    connection.nextList = nil
    for id in under where ledger.settle(id) != nil { turn.tell(.cancel(id), in: &self) }
    refreshThreads(&turn)
  }

  private mutating func peopleFailed(
    _ error: ServiceError, in id: ChatThreadID, _ turn: inout Turn
  ) {
    connection.paces.note(error, of: .membership(id), at: turn.now)
    if people?.thread == id, interface.pane == .people {
      people?.problem = error.message
    } else {
      say(.failure("\(title(of: id)): \(error.message)"), &turn)
    }
  }
}
