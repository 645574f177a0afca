import ACSTypes
import ClientModel
import EventLog

/// What steps name: threads by topic, messages by text, parts of the state by path.
extension SceneRun {
  /// The seat of whoever acts, whose client runs and is awake.
  func runningSeat() throws(StepFailure) -> any Seat {
    _ = try state()
    let seat = seat()
    guard !seat.isAsleep else {
      throw StepFailure("\(seat.name)'s machine sleeps; 'wake' opens its lid")
    }
    return seat
  }

  /// The same, with a thread open.
  func seatWithThread() throws(StepFailure) -> any Seat {
    let seat = try runningSeat()
    _ = try find { () throws(StepFailure) in
      guard seat.state?.threads.open != nil else {
        throw StepFailure("\(seat.name) has no thread open", statePath: "threads.open")
      }
    }
    return seat
  }

  /// The text with the variables' values, which says something.
  func value(_ text: ScriptText, of what: String) throws(StepFailure) -> String {
    let value = value(text)
    guard value.contains(where: { !$0.isWhitespace }) else {
      throw StepFailure("\(what) has something in it")
    }
    return value
  }

  /// The thread that is called so; of two nobody knows which is meant.
  func thread(_ topic: String) throws(StepFailure) -> ChatThreadID {
    let state = try state()
    let titles = state.threads.entries.map {
      (id: $0.thread.id, title: state.title(of: $0.thread.id))
    }
    let found = titles.filter { $0.title == topic }
    guard let first = found.first else {
      throw StepFailure(
        titles.isEmpty
          ? "there is no thread \(quoted(topic)); the list is empty"
          : "there is no thread \(quoted(topic)); there \(titles.count == 1 ? "is" : "are") "
            + titles.prefix(10).map { quoted($0.title) }.joined(separator: ", "),
        nearest: mostAlike(topic, titles.map(\.title)), statePath: "threads")
    }
    guard found.count == 1 else {
      throw StepFailure(
        "\(found.count) threads are called \(quoted(topic)), and one is meant:"
          + found.map { thread in
            let people = state.members(of: thread.id).map {
              state.name(of: $0.identifier, in: thread.id)
            }
            let with = people.isEmpty ? "" : ", with \(people.joined(separator: ", "))"
            return "\n  \(thread.id.rawValue)\(with)"
          }.joined(), statePath: "threads")
    }
    return first.id
  }

  /// The own message of the open thread that has this text and is there to be changed.
  func ownMessage(_ text: String) throws(StepFailure) -> ChatMessageID {
    let state = try state()
    guard let open = state.threads.open else { throw StepFailure("no thread is open") }
    let own = state.shownMessages(in: open).filter {
      $0.kind == .text && $0.sender == state.me && $0.sender != nil && $0.mark != .deleting
    }
    let found = own.filter { $0.text == text }
    let taken = found.compactMap { message -> ChatMessageID? in
      if case .message(let id) = message.key { id } else { nil }
    }
    guard taken.count <= 1 else {
      throw StepFailure(
        "\(taken.count) own messages are \(quoted(text)), and one is meant:"
          + found.map { "\n  \($0.words)" }.joined())
    }
    guard let id = taken.first else {
      throw StepFailure(
        found.isEmpty
          ? "there is no own message \(quoted(text))"
          : "the message \(quoted(text)) is not yet taken by the service",
        nearest: mostAlike(text, own.map(\.text)))
    }
    return id
  }

  /// What is at a path of the state.
  func part(_ path: String) throws(StepFailure) -> StateTree {
    let state = try state()
    if let facet = StateFacet.named(path) { return .text(facet.value(state)) }
    guard let part = StateTree(of: state, at: path) else {
      let known =
        StateFacet.all.map(\.path) + Mirror(reflecting: state).children.compactMap(\.label)
      throw StepFailure(
        "the state has nothing at \(path)", nearest: mostAlike(path, known), statePath: path)
    }
    return part
  }
}
