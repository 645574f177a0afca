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
  /// How far each moment is from the arrival, which the place tells.
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
      let created = PackedMessage.distance(from: place, to: message.createdOn),
      let edited = PackedMessage.distance(from: place, to: message.editedOn),
      let deleted = PackedMessage.distance(from: place, to: message.deletedOn)
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

  private func moment(_ distance: Int32) -> Timestamp? {
    guard distance != PackedMessage.never else { return nil }
    let length = Int64(distance >> 1)
    return distance & 1 == 0
      ? Timestamp(seconds: Timestamp(milliseconds: place).seconds &+ length)
      : Timestamp(milliseconds: place &+ length)
  }

  /// An even number is twice the seconds from the second of `place` to a moment without thousandths, up to 34 years; an odd
  /// one stands for milliseconds, up to 12 days.
  ///
  /// - Returns: `nil` when the moment is too far away.
  private static func distance(from place: Int64, to moment: Timestamp?) -> Int32? {
    guard let moment else { return never }
    let isWhole = Timestamp(seconds: moment.seconds) == moment
    let (length, isTooFar) =
      isWhole
      ? moment.seconds.subtractingReportingOverflow(Timestamp(milliseconds: place).seconds)
      : moment.milliseconds.subtractingReportingOverflow(place)
    // The least of all is `never`.
    guard !isTooFar, length.magnitude < 1 << 30 else { return nil }
    return Int32(length) << 1 | (isWhole ? 0 : 1)
  }
}
