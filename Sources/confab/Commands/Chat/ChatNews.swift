import ACSTypes

/// Something that happened in a thread and is told once.
enum ChatNews: Hashable, Sendable {
  case received(ChatThreadID, ChatMessage)
  case edited(ChatThreadID, ChatMessage)
  case deleted(ChatThreadID, ChatMessage)
  case typing(ChatThreadID, TypingNotice)
  case read(ChatThreadID, ChatMessageReadReceipt)
  /// The thread is new for the user: made, or they were added.
  case threadCreated(ChatThread)
  case threadDeleted(ChatThread)
  /// The user is in it no longer.
  case threadLeft(ChatThread)

  /// How `--json` calls it: as the service's SDKs call their events, where they have one.
  var word: String {
    switch self {
    case .received: "chatMessageReceived"
    case .edited: "chatMessageEdited"
    case .deleted: "chatMessageDeleted"
    case .typing: "typingIndicatorReceived"
    case .read: "readReceiptReceived"
    case .threadCreated: "chatThreadCreated"
    case .threadDeleted: "chatThreadDeleted"
    case .threadLeft: "chatThreadLeft"
    }
  }

  /// Where it happened.
  var thread: ChatThreadID {
    switch self {
    case .received(let id, _), .edited(let id, _), .deleted(let id, _), .typing(let id, _),
      .read(let id, _):
      id
    case .threadCreated(let thread), .threadDeleted(let thread), .threadLeft(let thread):
      thread.id
    }
  }
}
