import ACSTypes
import ClientModel
import KeyInput

/// The words by which scripts name what happens to a client.
public enum HappeningName {
  /// All of them, each with when it happens; what an effect came to has the effect's noun before it.
  public static let all: [(name: String, meaning: String)] = [
    ("client.started", "The client started."),
    ("client.left", "The person asked to leave, and the client ended."),
    ("terminal.resized", "The terminal has another size."),
    ("key.pressed", "A key was pressed; its chord is the detail."),
    ("text.pasted", "Text was pasted; it is the detail."),
    ("mouse.used", "The mouse was used."),
    ("focus.gained", "The terminal's window has the focus."),
    ("focus.lost", "The terminal's window lost the focus."),
    ("sign-in.prompted", "Somebody has to sign in by a browser."),
    ("token.issued", "The first token of a run came."),
    ("token.renewed", "A later token of a run came."),
    ("token.failed", "No token came; the reason is the detail."),
    ("events.connected", "From now on the service tells what happens as it happens."),
    ("events.ended", "The service tells nothing any more; the reason is the detail."),
    ("events.lost", "The service lost events."),
    (
      "message.received",
      "The service told of a message, own ones included; its text is the detail."
    ),
    ("message.edited", "The service told of an edit; the new text is the detail."),
    ("message.deleted", "The service told of a deletion."),
    ("typing.received", "The service told that somebody types."),
    ("receipt.received", "The service told that somebody has read."),
    ("thread.created", "The service told of a new thread; its topic is the detail."),
    ("thread.renamed", "The service told of another topic; it is the detail."),
    ("thread.deleted", "The service told that a thread is gone."),
    ("people.added", "The service told that people came in."),
    ("people.removed", "The service told that people left."),
    ("call.signalled", "The call gateway told something."),
    ("history.read", "What is kept was read before the first frame."),
    ("history.failed", "What is kept cannot be read or written."),
    ("recording.ended", "What happens is no longer recorded."),
    ("bell.rang", "The terminal's bell rang."),
    (
      "send.done",
      "The service took a message; so for every effect: \(effects.joined(separator: ", "))"
    ),
    ("send.failed", "The service did not take it; the reason is the detail."),
  ]

  /// The names that an expectation may ask for: those of ``all``, and `done` and `failed` of every effect.
  public static let known: Set<String> = Set(all.map(\.name)).union(
    effects.flatMap { ["\($0).done", "\($0).failed"] })

  /// The nouns of effects: what a client asks for, each of which ends as `done` or `failed`.
  public static let effects = [
    "threads", "messages", "message", "participants", "create", "send", "find", "edit", "delete",
    "load", "open", "search", "save", "thread", "topic", "add", "remove", "receipts", "typing",
    "receipt", "people", "names", "gateway", "command",
  ]

  static func words(_ event: Event) -> (String, String)? {
    switch event {
    case .started: ("client.started", "")
    case .clockAdvanced, .tokenFlowed, .finished: nil
    case .resized(let size): ("terminal.resized", "\(size.columns)x\(size.rows)")
    case .keyPressed(let press): ("key.pressed", press.description)
    case .pasted(let text): ("text.pasted", text)
    case .mouseUsed: ("mouse.used", "")
    case .focusChanged(let isFocused): (isFocused ? "focus.gained" : "focus.lost", "")
    case .signInPrompted(let prompt): prompt == nil ? nil : ("sign-in.prompted", "")
    case .signalled: ("call.signalled", "")
    case .historyRead: ("history.read", "")
    case .historyFailed(let reason): ("history.failed", reason)
    case .recordingEnded(let error): ("recording.ended", error.message)
    case .chatSignalled(.connected): ("events.connected", "")
    case .chatSignalled(.eventsLost): ("events.lost", "")
    case .chatSignalled(.event(let event)): words(event)
    }
  }

  private static func words(_ event: ChatEvent) -> (String, String) {
    switch event {
    case .messageReceived(_, let message): ("message.received", message.plainText)
    case .messageEdited(_, let message): ("message.edited", message.plainText)
    case .messageDeleted: ("message.deleted", "")
    case .typingReceived(_, let notice): ("typing.received", notice.displayName)
    case .readReceiptReceived: ("receipt.received", "")
    case .threadCreated(let thread, _, _): ("thread.created", thread.topic)
    case .threadPropertiesUpdated(_, let topic): ("thread.renamed", topic)
    case .threadDeleted: ("thread.deleted", "")
    case .participantsAdded(_, let people): ("people.added", names(people))
    case .participantsRemoved(_, let people): ("people.removed", names(people))
    }
  }

  private static func names(_ people: [ChatParticipant]) -> String {
    people.map { $0.displayName ?? $0.identifier.shortForm }.joined(separator: ", ")
  }

  static func words(
    _ action: Effect.Action, _ result: EffectResult, hasToken: inout Bool
  ) -> (String, String)? {
    var reason: String?
    if case .failed(let error) = result { reason = error.message }
    switch action {
    case .renewToken:
      guard reason == nil else { return ("token.failed", reason ?? "") }
      defer { hasToken = true }
      return (hasToken ? "token.renewed" : "token.issued", "")
    case .openEvents: return ("events.ended", reason ?? "")
    default: break
    }
    guard let noun = noun(action) else { return nil }
    var detail = reason ?? ""
    if reason == nil {
      switch action {
      case .send(_, _, let text), .edit(_, _, _, let text): detail = text
      case .createThread(let topic, _, _), .updateTopic(_, let topic): detail = topic
      default: break
      }
    }
    return ("\(noun).\(reason == nil ? "done" : "failed")", detail)
  }

  private static func noun(_ action: Effect.Action) -> String? {
    switch action {
    case .renewToken, .openEvents, .ring, .redraw, .suspend, .cancel, .quit: nil
    case .listThreads: "threads"
    case .listMessages: "messages"
    case .readMessage: "message"
    case .listParticipants: "participants"
    case .createThread: "create"
    case .send: "send"
    case .findSent: "find"
    case .edit: "edit"
    case .delete: "delete"
    case .loadHistory, .loadMessages: "load"
    case .openHistory: "open"
    case .search: "search"
    case .save: "save"
    case .readThread: "thread"
    case .updateTopic: "topic"
    case .addParticipants: "add"
    case .removeParticipant: "remove"
    case .listReceipts: "receipts"
    case .sendTyping: "typing"
    case .sendReadReceipt: "receipt"
    case .findPeople: "people"
    case .namePeople: "names"
    case .openGateway: "gateway"
    case .command: "command"
    }
  }
}

extension ChatMessage {
  /// What it says, as text without form.
  var plainText: String {
    switch content {
    case .text(let text), .html(let text): text
    case .topicUpdated(let topic, _): topic
    case .participantAdded, .participantRemoved, .unknown: ""
    }
  }
}
