import ACSTypes

/// A message without its text, in 48 bytes.
struct PackedMessage: Sendable {
  enum Kind: UInt8, Sendable {
    case text
    case html
    /// Anything that does not fit; it stands beside the rows, whole.
    case other
  }

  /// No moment, where one is optional.
  private static let never = Int32.min

  let place: Int64
  let version: Int64
  var text = TextArena.Piece()
  private let sequenceID: Int32
  /// Seconds from the arrival, which the place tells, to each moment.
  private let created: Int32
  private let edited: Int32
  private let deleted: Int32
  let sender: UInt16
  let name: UInt16
  let kind: Kind

  /// A row for `message`; `nil` when something of it does not fit.
  init?(_ message: ChatMessage, kind: Kind, sender: UInt16, name: UInt16) {
    place = message.id.place
    version = message.version
    self.kind = kind
    self.sender = sender
    self.name = name
    guard String(place) == message.id.rawValue, let sequence = Int32(exactly: message.sequenceID),
      let created = PackedMessage.seconds(from: place, to: message.createdOn),
      let edited = PackedMessage.seconds(from: place, to: message.editedOn),
      let deleted = PackedMessage.seconds(from: place, to: message.deletedOn)
    else { return nil }
    sequenceID = sequence
    self.created = created
    self.edited = edited
    self.deleted = deleted
  }

  /// The row of a message that stands beside the rows under `number`.
  init(other message: ChatMessage, number: Int32) {
    place = message.id.place
    version = message.version
    kind = .other
    sender = 0
    name = 0
    sequenceID = number
    created = PackedMessage.never
    edited = PackedMessage.never
    deleted = PackedMessage.never
  }

  /// Under which number the message of kind ``Kind/other`` stands beside the rows.
  var number: Int32 { sequenceID }

  /// The message with its text, sender and name.
  func message(text: String, sender: CommunicationIdentifier? = nil, name: String = "")
    -> ChatMessage
  {
    ChatMessage(
      id: ChatMessageID(String(place)), sequenceID: Int64(sequenceID), version: version,
      content: kind == .html ? .html(text) : .text(text), senderDisplayName: name, sender: sender,
      createdOn: moment(created) ?? Timestamp(milliseconds: place), editedOn: moment(edited),
      deletedOn: moment(deleted))
  }

  private func moment(_ seconds: Int32) -> Timestamp? {
    guard seconds != PackedMessage.never else { return nil }
    return Timestamp(
      seconds: Timestamp(milliseconds: place).seconds &+ Int64(seconds))
  }

  /// Whole seconds after the second of `place`; `nil` when the moment has milliseconds or is too far away.
  private static func seconds(from place: Int64, to moment: Timestamp?) -> Int32? {
    guard let moment else { return never }
    let (distance, isTooFar) = moment.seconds.subtractingReportingOverflow(
      Timestamp(milliseconds: place).seconds)
    guard !isTooFar, Timestamp(seconds: moment.seconds) == moment,
      let seconds = Int32(exactly: distance), seconds != never
    else { return nil }
    return seconds
  }
}
