import ACSTypes
import ClientModel

extension Subject {
  static let message = Subject(
    "message",
    [
      .init(
        "expect message \"TEXT\"",
        "A message of the open thread, on the screen or not, that has this text."),
      .init("expect message has \"TEXT\" | is like \"TE*XT\"", "One whose text is like that."),
      .init("… from NAME", "That somebody sent."),
      .init(
        "… is queued | sending | sent | failed | edited | deleted | deleting",
        "How far it has come; sent is what the service took."),
      .init("… read by NAME", "That somebody has read: it, or one after it."),
      .init("… in \"TOPIC\"", "In another thread, as far as it is in memory."),
    ]
  ) { words throws(ScriptError) in try MessageLook(&words) }
}

/// Looks for messages.
private struct MessageLook: Look {
  private enum Standing: String, CaseIterable {
    case queued, sending, sent, failed, edited, deleted, deleting
  }

  private let text: TextTest?
  private var sender: String?
  private var standings: [Standing] = []
  private var readers: [String] = []
  private var thread: ScriptText?

  init(_ words: inout Words) throws(ScriptError) {
    let start = words
    var text: TextTest?
    while true {
      if text == nil, words.isText {
        text = .is(try words.text("the message"))
      } else if text == nil, words.takes("is", "like") {
        text = .isLike(try words.text("a pattern"))
      } else if text == nil, words.takes("has") {
        text = .has(try words.text("a text"))
      } else if try words.takesOnce("from", unless: sender != nil) {
        sender = try words.name()
      } else if words.takes("is") {
        let word = try words.word("how it stands", of: Standing.allCases.map(\.rawValue))
        standings += [Standing(rawValue: word)].compactMap(\.self)
      } else if words.takes("read", "by") {
        readers.append(try words.name())
      } else if try words.takesOnce("in", unless: thread != nil) {
        thread = try words.text("the topic")
      } else {
        break
      }
    }
    self.text = text
    if text == nil, sender == nil, standings.isEmpty, readers.isEmpty {
      throw start.mismatch("the message's text, 'has', 'is like', 'from', 'is' or 'read by'")
    }
  }

  func look(_ run: SceneRun) throws(StepFailure) -> Finding {
    let state = try run.state()
    var open = state.threads.open
    if let thread {
      let id = try run.thread(run.value(thread))
      guard id == open || state.conversations[id]?.messages.isEmpty == false else {
        throw StepFailure(
          "nothing of \(quoted(run.value(thread))) is in memory; who opens it has it read",
          statePath: "threads.open")
      }
      open = id
    }
    guard let open else { throw StepFailure("no thread is open", statePath: "threads.open") }
    let all = state.shownMessages(in: open)
    var senderID: CommunicationIdentifier?
    if let sender { senderID = try run.identity(of: sender) }
    let readUpTo = try readers.map { name throws(StepFailure) in
      let receipt = state.conversations[open]?.receipts[try run.identity(of: name)]
      return receipt?.messageID.place ?? .min
    }.min()
    let fits = all.filter { message in
      (text?.holds(for: message.text, run) ?? true) && (text == nil || message.kind != .system)
        && (sender == nil || isFrom(senderID, message))
        && standings.allSatisfy { stands(message, $0) }
        && (readUpTo.map { isRead(message, upTo: $0) } ?? true)
    }
    return Finding(
      matches: fits.map(\.words), instead: instead(all, run), wanted: text?.wanted(run),
      candidates: all.map(\.words), texts: all.map(\.text))
  }

  private func isFrom(_ sender: CommunicationIdentifier?, _ message: ShownMessage) -> Bool {
    sender != nil && message.sender == sender
  }

  /// True when it is, or comes before, the newest message that somebody has read; only the service's can be.
  private func isRead(_ message: ShownMessage, upTo place: Int64) -> Bool {
    guard case .message(let id) = message.key else { return false }
    return id.place <= place
  }

  private func stands(_ message: ShownMessage, _ standing: Standing) -> Bool {
    switch standing {
    case .queued: message.mark == .queued
    case .sending: message.mark == .sending
    case .sent: if case .message = message.key { message.kind != .deleted } else { false }
    case .failed: message.mark == .failed
    case .edited: message.mark == .edited
    case .deleted: message.kind == .deleted
    case .deleting: message.mark == .deleting
    }
  }

  private func instead(_ all: [ShownMessage], _ run: SceneRun) -> String {
    var wish = "there is no message"
    switch text {
    case .is(let text): wish += " \(quoted(run.value(text)))"
    case .has(let text): wish += " that has \(quoted(run.value(text)))"
    case .isLike(let text): wish += " like \(quoted(run.value(text)))"
    default: break
    }
    if let sender { wish += " from \(sender)" }
    if !standings.isEmpty {
      wish += " that is \(standings.map(\.rawValue).joined(separator: " and "))"
    }
    if !readers.isEmpty { wish += " read by \(readers.joined(separator: " and "))" }
    guard !all.isEmpty else { return "\(wish); the thread is empty" }
    return "\(wish); the newest of \(all.count):"
      + all.suffix(5).map { "\n  \($0.words)" }.joined()
  }
}
