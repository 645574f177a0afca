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
          + found.map { "\n  \($0.id.rawValue)" }.joined(), statePath: "threads")
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

/// Something of a state that is worked out, by a path that no property has.
public struct StateFacet: Sendable {
  /// The path.
  public let path: String
  /// What it tells.
  public let meaning: String
  let value: @Sendable (ClientState) -> String

  /// All of them.
  public static let all = [
    StateFacet(
      path: "connection.kind",
      meaning:
        "How the client stands to Chat: connecting, live, reconnecting, polling, offline, sign-in failed."
    ) {
      $0.connectionStatus.kind
    },
    StateFacet(
      path: "connection.cause",
      meaning: "Why messages do not come as they are sent; nil when they do."
    ) {
      $0.connectionStatus.cause ?? "nil"
    },
    StateFacet(
      path: "outbox.waiting",
      meaning: "How many changes wait for the service, those that failed aside."
    ) {
      String($0.outbox.waitingCount)
    },
    StateFacet(path: "threads.count", meaning: "How many threads the list has.") {
      String($0.threads.entries.count)
    },
    StateFacet(path: "threads.unread", meaning: "How many threads have something unseen.") {
      String($0.threads.unreadCount)
    },
    StateFacet(
      path: "thread.title", meaning: "What the open thread is called; nil while none is open."
    ) { state in
      state.threads.open.map { state.title(of: $0) } ?? "nil"
    },
    StateFacet(
      path: "thread.messages", meaning: "How many messages of the open thread are in memory."
    ) { state in
      String(state.threads.open.map { state.conversations[$0]?.messages.count ?? 0 } ?? 0)
    },
    StateFacet(
      path: "thread.typing", meaning: "Who types in the open thread, by name, with commas between."
    ) { state in
      state.threads.open.map { state.typingNames(in: $0).joined(separator: ", ") } ?? ""
    },
    StateFacet(
      path: "thread.selected", meaning: "The text of the selected message; nil while none is."
    ) { state in
      guard let open = state.threads.open, let conversation = state.conversations[open],
        let id = conversation.selected, let index = conversation.index(of: id)
      else { return "nil" }
      return conversation.messages[index].plainText
    },
    StateFacet(
      path: "thread.id", meaning: "The id of the open thread; nil while none is."
    ) { $0.threads.open?.rawValue ?? "nil" },
    StateFacet(path: "me", meaning: "Who is signed in, by id; nil before that.") {
      $0.me?.rawID ?? "nil"
    },
  ]

  static func named(_ path: String) -> StateFacet? { all.first { $0.path == path } }
}

extension ShownMessage {
  /// As a failure lists it: `Bob: Still there? (sending)`.
  var words: String {
    var marks: [String] = []
    if kind == .deleted { marks.append("deleted") }
    switch mark {
    case .none: break
    case .edited: marks.append("edited")
    case .queued: marks.append("queued")
    case .sending: marks.append("sending")
    case .deleting: marks.append("deleting")
    case .failed: marks.append("failed: \(failure ?? "")")
    }
    if !readers.isEmpty { marks.append("read by \(readers.joined(separator: ", "))") }
    let end = marks.isEmpty ? "" : " (\(marks.joined(separator: "; ")))"
    return (name.isEmpty ? "" : "\(name): ") + "\(quoted(text))\(end)"
  }
}
