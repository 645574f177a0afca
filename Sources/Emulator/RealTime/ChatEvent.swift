import ACSTypes
import ACSWire

/// What happened in a thread that its participants are told at once (REALTIME 1).
enum ChatEvent {
  case messageReceived(MessageRow)
  case messageEdited(MessageRow)
  case messageDeleted(MessageRow)
  case typing(displayName: String?)
  /// Somebody read the message of that id.
  case messageRead(Int64)
  case threadCreated([ParticipantRow])
  /// The topic changed.
  case threadUpdated
  case threadDeleted
  case participantsAdded([ParticipantRow])
  case participantsRemoved([ParticipantRow])

  var kind: RealTimeEventKind {
    switch self {
    case .messageReceived: .messageReceived
    case .messageEdited: .messageEdited
    case .messageDeleted: .messageDeleted
    case .typing: .typing
    case .messageRead: .messageRead
    case .threadCreated: .threadCreated
    case .threadUpdated: .threadUpdated
    case .threadDeleted: .threadDeleted
    case .participantsAdded: .participantsAdded
    case .participantsRemoved: .participantsRemoved
    }
  }

  /// The number that stands in the payload.
  var id: Int { kind.rawValue }

  /// The end of the path that it is sent to.
  var listener: String { kind.listener }

  /// The message that it is about; who may not see that is not told.
  var messageID: Int64? {
    switch self {
    case .messageReceived(let row), .messageEdited(let row), .messageDeleted(let row): row.id
    case .messageRead(let id): id
    default: nil
    }
  }
}

/// An event with what its payload needs.
struct NotedEvent {
  let event: ChatEvent
  /// The thread as it is after the event.
  let thread: ThreadRow
  /// Who did it.
  let sender: ParticipantRow
  /// Who is told.
  let recipients: [String]
  let moment: Timestamp
}

/// The events of the request under way.
final class ChatEventLog {
  private var noted: [NotedEvent] = []

  func add(_ event: NotedEvent) { noted.append(event) }

  /// The events so far, which are then forgotten.
  func take() -> [NotedEvent] {
    defer { noted = [] }
    return noted
  }
}

extension Core {
  /// Notes what the request under way does in a thread, for all who take part and may see it: its author, too.
  ///
  /// It is told once that is on the disk. Call it after the change, so that an added participant is told, and name
  /// in `leaving` who was removed, so that they are told as well. Costs nothing while nobody listens.
  func note(
    _ event: @autoclosure () throws -> ChatEvent?, in threadID: String, by caller: ChatCaller,
    leaving: [ParticipantRow] = [], now: Timestamp
  ) throws {
    guard realTime.hasListeners || !bots.isEmpty || hasEventSubscribers, let event = try event(),
      let thread = try store.thread(threadID)
    else { return }
    let people = try store.participants(in: threadID) + leaving
    let shownFrom = event.messageID.map(Timestamp.init(milliseconds:))
    let recipients = people.filter { person in
      shownFrom.map { person.shareHistoryTime <= $0 } ?? true
    }
    let sender = caller.identity.rawID
    let noted = NotedEvent(
      event: event, thread: thread,
      sender: people.first { $0.identity == sender } ?? ParticipantRow(identity: sender),
      recipients: recipients.map(\.identity), moment: now)
    try keepForAbsent(noted)
    events.add(noted)
    if hasEventSubscribers { try lineUp(noted) }
  }
}
