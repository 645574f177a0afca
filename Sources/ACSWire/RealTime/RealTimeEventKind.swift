/// The kinds of real-time events; the raw value is the number in the body (REALTIME 1).
public enum RealTimeEventKind: Int, Hashable, Sendable, CaseIterable {
  /// A message was sent.
  case messageReceived = 200
  /// Somebody is typing.
  case typing = 245
  /// Somebody read a message.
  case messageRead = 246
  /// A message has a new text.
  case messageEdited = 247
  /// A message was deleted.
  case messageDeleted = 248
  /// A thread has begun.
  case threadCreated = 257
  /// The topic changed.
  case threadUpdated = 258
  /// A thread was deleted.
  case threadDeleted = 259
  /// Participants came.
  case participantsAdded = 260
  /// Participants left or were removed.
  case participantsRemoved = 261

  /// The end of the path that it is sent to, which is also the event's public name.
  public var listener: String {
    switch self {
    case .messageReceived: "chatMessageReceived"
    case .typing: "typingIndicatorReceived"
    case .messageRead: "readReceiptReceived"
    case .messageEdited: "chatMessageEdited"
    case .messageDeleted: "chatMessageDeleted"
    case .threadCreated: "chatThreadCreated"
    case .threadUpdated: "chatThreadPropertiesUpdated"
    case .threadDeleted: "chatThreadDeleted"
    case .participantsAdded: "participantsAdded"
    case .participantsRemoved: "participantsRemoved"
    }
  }
}
