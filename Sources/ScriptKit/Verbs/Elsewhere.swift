import ACSTypes
import ClientModel
import Services

extension Verb {
  static let elsewhere = Verb(
    "elsewhere", by: .person,
    [
      Form(
        "elsewhere send \"TEXT\" to \"TOPIC\"",
        "Another program of the same person does it, on a network where nothing goes wrong."),
      Form("elsewhere edit \"TEXT\" to \"TEXT\" in \"TOPIC\"", "It edits an own message."),
      Form("elsewhere delete \"TEXT\" in \"TOPIC\"", "It deletes an own message."),
      Form("elsewhere add NAME to \"TOPIC\"", "It adds somebody."),
      Form("elsewhere remove NAME from \"TOPIC\"", "It takes somebody out."),
      Form("elsewhere rename \"TOPIC\" to \"TOPIC\"", "It gives the thread another topic."),
      Form(
        "… without a name",
        "After send and add: nobody is told what the sender, or who was added, is called."),
    ],
    about: "Where two threads have the topic, or two messages the text, it fails and lists both."
  ) { words throws(ScriptError) in
    let deed = try Elsewhere.Deed(&words)
    return Elsewhere(deed: deed)
  }
}

/// What another program of a person's does.
struct Elsewhere: Act {
  enum Deed: Sendable {
    case send(ScriptText, to: ScriptText, isNameless: Bool)
    case edit(ScriptText, ScriptText, in: ScriptText)
    case delete(ScriptText, in: ScriptText)
    case add(String, to: ScriptText, isNameless: Bool)
    case remove(String, from: ScriptText)
    case rename(ScriptText, ScriptText)

    init(_ words: inout Words) throws(ScriptError) {
      let verb = try words.word(
        "what is done elsewhere", of: ["send", "edit", "delete", "add", "remove", "rename"])
      switch verb {
      case "send":
        let text = try words.text("the message")
        try words.needs("to")
        self = .send(
          text, to: try words.text("the topic"), isNameless: words.takes("without", "a", "name"))
      case "edit":
        let old = try words.text("the message")
        try words.needs("to")
        let new = try words.text("the new text")
        try words.needs("in")
        self = .edit(old, new, in: try words.text("the topic"))
      case "delete":
        let text = try words.text("the message")
        try words.needs("in")
        self = .delete(text, in: try words.text("the topic"))
      case "add":
        let name = try words.name()
        try words.needs("to")
        self = .add(
          name, to: try words.text("the topic"), isNameless: words.takes("without", "a", "name"))
      case "remove":
        let name = try words.name()
        try words.needs("from")
        self = .remove(name, from: try words.text("the topic"))
      default:
        let topic = try words.text("the topic")
        try words.needs("to")
        self = .rename(topic, try words.text("the new topic"))
      }
    }
  }

  let deed: Deed

  func perform(_ run: SceneRun) throws(StepFailure) {
    guard let person = run.person else { preconditionFailure("a verb of a person without one") }
    switch deed {
    case .send(let text, let topic, let isNameless):
      let (text, name) = (run.value(text), isNameless ? "" : person)
      try act(run, topic) { chat, thread in
        _ = try await chat.send(text, clientID: nil, senderDisplayName: name, to: thread)
      }
    case .edit(let old, let new, let topic):
      let (old, new) = (run.value(old), run.value(new))
      try act(run, topic) { chat, thread in
        try await chat.edit(try await chat.message(old, in: thread), in: thread, to: new)
      }
    case .delete(let text, let topic):
      let text = run.value(text)
      try act(run, topic) { chat, thread in
        try await chat.delete(try await chat.message(text, in: thread), in: thread)
      }
    case .add(let name, let topic, let isNameless):
      let identity = try run.identity(of: name)
      try act(run, topic) { chat, thread in
        let refused = try await chat.add(
          [ChatParticipant(identifier: identity, displayName: isNameless ? nil : name)], to: thread)
        if let reason = refused.first { throw Refused(description: reason) }
      }
    case .remove(let name, let topic):
      let identity = try run.identity(of: name)
      try act(run, topic) { chat, thread in try await chat.remove(identity, from: thread) }
    case .rename(let old, let new):
      let new = run.value(new)
      try act(run, old) { chat, thread in try await chat.updateTopic(of: thread, to: new) }
    }
    try run.settle()
  }

  private func act(
    _ run: SceneRun, _ topic: ScriptText,
    _ body: @escaping @Sendable (any ChatService, ChatThreadID) async throws -> Void
  ) throws(StepFailure) {
    let topic = run.value(topic)
    let (person, source) = (run.person ?? "", run.step?.source ?? "")
    // What it changes may come late to the service.
    try run.persist { () throws(StepFailure) in
      try run.onStage { (stage) throws(StageError) in
        try stage.elsewhere(person, source) { chat in
          try await body(chat, try await chat.thread(called: topic))
        }
      }
    }
  }
}

/// The service did not do it, and said why.
private struct Refused: Error, CustomStringConvertible {
  var description: String
}

/// What was looked for at the service is not there, or not alone.
private struct Unclear: Error, CustomStringConvertible {
  var description: String
}

extension Array {
  /// The only one of what is called `name`; `words` tell one from another.
  fileprivate func one(
    _ what: String, _ name: String, _ words: (Element) -> String
  ) throws(Unclear) -> Element {
    guard let first else { throw Unclear(description: "there is no \(what) \(quoted(name))") }
    guard count == 1 else {
      throw Unclear(
        description: "\(count) \(what)s are called \(quoted(name)), and one is meant:"
          + prefix(10).map { "\n  \(words($0))" }.joined())
    }
    return first
  }
}

extension ChatService {
  /// The thread of a topic.
  fileprivate func thread(called topic: String) async throws -> ChatThreadID {
    let threads = try await everyPage { try await self.threads(next: $0) }
    let found = threads.filter { $0.topic == topic && $0.deletedOn == nil }
    return try found.one("thread", topic) { thread in
      "\(thread.id.rawValue)\(thread.createdOn.map { ", made \($0.iso8601)" } ?? "")"
    }.id
  }

  /// The message of a text.
  fileprivate func message(_ text: String, in thread: ChatThreadID) async throws -> ChatMessageID {
    let messages = try await everyPage {
      try await self.messages(in: thread, startTime: nil, next: $0)
    }
    let found = messages.filter { $0.plainText == text && $0.deletedOn == nil }
    return try found.one("message", text) { message in
      "\(message.id.rawValue), from \(message.senderDisplayName), \(message.createdOn.iso8601)"
    }.id
  }
}
