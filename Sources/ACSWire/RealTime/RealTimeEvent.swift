/// The body of a real-time event: what happened in a chat, told to one of its participants (REALTIME 2).
///
/// The body alone says which event it is; the path that it was sent to is a hint at most.
public struct RealTimeEvent: WireValue {
  /// What happened, with what its kind tells.
  public enum Content: Hashable, Sendable {
    /// A message was sent; its author is told, too.
    case messageReceived(RealTimeMessage)
    /// Somebody is typing.
    case typing(RealTimeMessage)
    /// Somebody read a message.
    case messageRead(RealTimeReceipt)
    /// A message has a new text.
    case messageEdited(RealTimeMessage)
    /// A message was deleted.
    case messageDeleted(RealTimeMessage)
    /// A thread has begun, or the recipient takes part in it from its beginning.
    case threadCreated(RealTimeThread)
    /// The topic changed.
    case threadUpdated(RealTimeThread)
    /// A thread was deleted.
    case threadDeleted(RealTimeThread)
    /// Participants came.
    case participantsAdded(RealTimeThread)
    /// Participants left or were removed.
    case participantsRemoved(RealTimeThread)
    /// A number that this version does not know: to be answered and passed over.
    case unknown(Int)
  }

  /// Who did it, a raw id.
  public var sender: String
  /// Who is told, a raw id; on the wire also without its `8:`.
  public var recipient: String
  /// Names the event in the service's logs.
  public var transactionID: String
  /// What happened.
  public var content: Content
  /// Members that this type does not know, written back as they came.
  public var unknown: JSONObject = [:]

  /// An event.
  public init(sender: String, recipient: String, transactionID: String, content: Content) {
    self.sender = sender
    self.recipient = recipient
    self.transactionID = transactionID
    self.content = content
  }

  /// The number that stands in the body.
  public var id: Int {
    if case .unknown(let id) = content { return id }
    return kind?.rawValue ?? 0
  }

  /// Its kind; `nil` for a number that this version does not know.
  public var kind: RealTimeEventKind? {
    switch content {
    case .messageReceived: .messageReceived
    case .typing: .typing
    case .messageRead: .messageRead
    case .messageEdited: .messageEdited
    case .messageDeleted: .messageDeleted
    case .threadCreated: .threadCreated
    case .threadUpdated: .threadUpdated
    case .threadDeleted: .threadDeleted
    case .participantsAdded: .participantsAdded
    case .participantsRemoved: .participantsRemoved
    case .unknown: nil
    }
  }

  /// The thread that it is about; `nil` for a number that this version does not know.
  public var threadID: String? {
    switch content {
    case .messageReceived(let message), .typing(let message), .messageEdited(let message),
      .messageDeleted(let message):
      message.threadID
    case .messageRead(let receipt): receipt.threadID
    case .threadCreated(let thread), .threadUpdated(let thread), .threadDeleted(let thread),
      .participantsAdded(let thread), .participantsRemoved(let thread):
      thread.threadID
    case .unknown: nil
    }
  }
}

extension RealTimeEvent {
  /// Reads an event; one of an unknown number keeps its members unread.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    let id = try members.required("eventId", .integer)
    let kind = RealTimeEventKind(rawValue: id)
    sender = try members.text("senderId")
    transactionID = try members.text("transactionId")
    let short = try members.text("recipientId")
    let long = try members.text("recipientMri")
    recipient = long.isEmpty ? RealTimeEvent.rawID(short) : long
    switch kind {
    case nil: content = .unknown(id)
    case .messageReceived?: content = .messageReceived(try RealTimeMessage(&members))
    case .typing?: content = .typing(try RealTimeMessage(&members))
    case .messageEdited?: content = .messageEdited(try RealTimeMessage(&members))
    case .messageDeleted?: content = .messageDeleted(try RealTimeMessage(&members))
    case .messageRead?: content = .messageRead(try RealTimeReceipt(&members))
    case .threadCreated?: content = .threadCreated(try RealTimeThread(&members, .threadCreated))
    case .threadUpdated?: content = .threadUpdated(try RealTimeThread(&members, .threadUpdated))
    case .threadDeleted?: content = .threadDeleted(try RealTimeThread(&members, .threadDeleted))
    case .participantsAdded?:
      content = .participantsAdded(try RealTimeThread(&members, .participantsAdded))
    case .participantsRemoved?:
      content = .participantsRemoved(try RealTimeThread(&members, .participantsRemoved))
    }
    unknown = members.rest
  }

  /// The event.
  public var json: JSONValue {
    var members = MemberWriter()
    members.add("eventId", id)
    members.add("senderId", sender)
    members.add("recipientId", RealTimeEvent.shortID(recipient))
    members.add("recipientMri", recipient)
    members.add("transactionId", transactionID)
    switch content {
    case .messageReceived(let message), .typing(let message), .messageEdited(let message),
      .messageDeleted(let message):
      message.write(to: &members)
    case .messageRead(let receipt): receipt.write(to: &members)
    case .threadCreated(let thread): thread.write(to: &members, .threadCreated)
    case .threadUpdated(let thread): thread.write(to: &members, .threadUpdated)
    case .threadDeleted(let thread): thread.write(to: &members, .threadDeleted)
    case .participantsAdded(let thread): thread.write(to: &members, .participantsAdded)
    case .participantsRemoved(let thread): thread.write(to: &members, .participantsRemoved)
    case .unknown: break
    }
    return members.json(with: unknown)
  }

  /// A raw id without its `8:`, as `recipientId` has it.
  public static func shortID(_ rawID: String) -> String {
    rawID.hasPrefix("8:") ? String(rawID.dropFirst(2)) : rawID
  }

  /// The raw id that `recipientId` means; some events bring it whole.
  public static func rawID(_ shortID: String) -> String {
    let isWhole = shortID.isEmpty || shortID.first?.isNumber == true
    return isWhole ? shortID : "8:\(shortID)"
  }
}

extension MemberReader {
  /// Takes a text, empty when it is absent or null.
  mutating func text(_ name: String) throws(WireError) -> String {
    try optional(name, .string) ?? ""
  }

  /// Takes a value that travels as JSON in a string; `nil` when it is absent, null, or the word null.
  mutating func nested<Value>(
    _ name: String, _ form: JSONForm<Value>
  ) throws(WireError) -> Value? {
    guard let text = try optional(name, .string), !text.isEmpty else { return nil }
    do throws(WireError) {
      let json = try JSONValue.parse(text)
      return json.isNull ? nil : try form.read(json)
    } catch {
      throw error.inside(name)
    }
  }
}
