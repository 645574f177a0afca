import ACSTypes

/// The dialog that makes a thread.
extension ClientState {
  mutating func beginNewThread(_ turn: inout Turn) {
    newThread = NewThread(requestID: turn.requestID())
    interface.pane = .newThread
    findPeople(&turn)
  }

  mutating func typedInNewThread(_ text: String, _ turn: inout Turn) {
    guard let dialog = newThread, !dialog.isCreating else { return }
    let line = text.replacing("\n", with: " ")
    switch dialog.field {
    case .topic:
      newThread?.topic.insert(line)
    case .people:
      newThread?.search.insert(line)
      findPeople(&turn)
    }
  }

  /// Edits the text of the field that has the keys.
  mutating func changeField(_ turn: inout Turn, _ change: (inout Composer) -> Void) {
    if interface.pane == .people {
      people?.search.apply(change)
      findToAdd(&turn)
      return
    }
    if interface.pane == .rename {
      renaming?.topic.apply(change)
      return
    }
    guard let field = newThread?.field else { return }
    switch field {
    case .topic:
      newThread?.change(\.topic, change)
    case .people:
      newThread?.change(\.search, change)
      findPeople(&turn)
    }
  }

  /// Enter: from the topic to the people, then adds the selected one, and with nothing searched for creates.
  mutating func confirmNewThread(_ turn: inout Turn) {
    guard let dialog = newThread, !dialog.isCreating else { return }
    newThread?.problem = nil
    if dialog.field == .topic {
      newThread?.field = .people
    } else if let person = chosenBySearch(dialog) {
      newThread?.chosen.append(person)
      newThread?.search = Composer()
      newThread?.found = []
      newThread?.selection = nil
      findPeople(&turn)
    } else if dialog.search.isEmpty, !dialog.chosen.isEmpty {
      createThread(&turn)
    } else {
      newThread?.problem =
        dialog.search.isEmpty
        ? "Add somebody first: type a name or paste an id."
        : "Nobody by that name. An id begins with 8:acs:"
    }
  }

  mutating func createThread(_ turn: inout Turn) {
    guard let dialog = newThread, !dialog.isCreating else { return }
    guard !dialog.chosen.isEmpty else {
      newThread?.problem = "Add somebody first: type a name or paste an id."
      return
    }
    let names = dialog.chosen.map { $0.displayName.isEmpty ? "…" : $0.displayName }
    let topic = dialog.topic.isEmpty ? names.joined(separator: ", ") : dialog.topic.text
    var participants = dialog.chosen.map {
      ChatParticipant(identifier: $0.identifier, displayName: $0.displayName)
    }
    if let me = session.session?.identity {
      participants.append(ChatParticipant(identifier: me, displayName: settings.displayName))
    }
    if let pause = pauseBeforeChange(.creation, turn) {
      newThread?.problem = pause
      return
    }
    newThread?.isCreating = true
    turn.ask(
      .createThread(topic: topic, participants: participants, requestID: dialog.requestID),
      in: &self)
  }

  mutating func createFinished(_ result: EffectResult, _ turn: inout Turn) {
    switch result {
    case .thread(let thread):
      newThread = nil
      interface.pane = nil
      put(thread, turn)
      openThread(thread.id, &turn)
      refreshThreads(&turn)
      chatAnswered(&turn)
    case .failed(let error):
      connection.paces.note(error, of: .creation, at: turn.now)
      newThread?.isCreating = false
      newThread?.problem = error.message
    default:
      break
    }
  }

  mutating func peopleFinished(for text: String, _ result: EffectResult, _ turn: inout Turn) {
    defer { askDirectory(&turn) }
    if case .failed(let error) = result, error.code == .throttled {
      connection.paces.note(error, of: .directory, at: turn.now)
      connection.wantedPeople = connection.wantedPeople ?? text
    }
    if case .people(let people) = result { noteNames(of: people) }
    foundToAdd(for: text, result)
    guard let dialog = newThread, dialog.search.text == text else { return }
    newThread?.isSearching = false
    switch result {
    case .people(let people):
      let taken = Set(dialog.chosen.map(\.identifier))
      let found = people.filter {
        !taken.contains($0.identifier) && $0.identifier != session.session?.identity
      }
      newThread?.found = found
      newThread?.selection = text.isEmpty || found.isEmpty ? nil : 0
    case .failed(let error):
      newThread?.found = []
      newThread?.problem = error.message
    default:
      break
    }
  }

  /// Looks for people by name; of what is typed faster than it is answered the last is asked for.
  mutating func findPeople(_ text: String, _ turn: inout Turn) {
    connection.wantedPeople = text
    askDirectory(&turn)
  }

  mutating func askDirectory(_ turn: inout Turn) {
    guard let text = connection.wantedPeople,
      !ledger.contains(where: { if case .findPeople = $0 { true } else { false } })
    else { return }
    if let free = connection.paces.spend(.directory, at: turn.now) {
      connection.directoryDueOn = free
      return
    }
    connection.directoryDueOn = nil
    connection.wantedPeople = nil
    turn.ask(.findPeople(text), in: &self)
  }

  mutating func directoryClock(_ turn: inout Turn) {
    guard let due = connection.directoryDueOn, due <= turn.now else { return }
    connection.directoryDueOn = nil
    askDirectory(&turn)
  }

  private mutating func findPeople(_ turn: inout Turn) {
    guard let dialog = newThread else { return }
    newThread?.isSearching = true
    findPeople(dialog.search.text, &turn)
  }

  private func chosenBySearch(_ dialog: NewThread) -> Person? {
    let text = dialog.search.text.filter { !$0.isWhitespace }
    let pasted = CommunicationIdentifier(rawID: text)
    if pasted.kind != .unknown {
      return dialog.found.first { $0.identifier == pasted }
        ?? Person(identifier: pasted, displayName: "")
    }
    guard let selection = dialog.selection, dialog.found.indices.contains(selection) else {
      return nil
    }
    return dialog.found[selection]
  }
}
