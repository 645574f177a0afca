public import ACSTypes

/// What a real-time event means to a client (REALTIME 2).
extension ChatEvent {
  /// The event that the service tells.
  ///
  /// Numbers and times that the service should not have sent do not hide an event: a version that is no number becomes
  /// the id's, a missing time the version's.
  ///
  /// - Returns: `nil` for a kind that this version does not know.
  public init?(_ event: RealTimeEvent) {
    switch event.content {
    case .messageReceived(let message):
      self = .messageReceived(message.thread, message.message(from: event.sender))
    case .messageEdited(let message):
      self = .messageEdited(message.thread, message.message(from: event.sender, isEdited: true))
    case .messageDeleted(let message):
      self = .messageDeleted(message.thread, message.message(from: event.sender, isDeleted: true))
    case .typing(let message):
      self = .typingReceived(message.thread, message.typing(by: event.sender))
    case .messageRead(let receipt):
      self = .readReceiptReceived(
        ChatThreadID(receipt.threadID), receipt.receipt(from: event.sender))
    case .threadCreated(let thread):
      self = .threadCreated(
        thread.thread(by: event.sender), members: thread.people, version: thread.number)
    case .threadUpdated(let thread):
      self = .threadPropertiesUpdated(
        thread.change(by: event.sender), topic: thread.topic ?? "")
    case .threadDeleted(let thread):
      self = .threadDeleted(thread.change(by: event.sender))
    case .participantsAdded(let thread):
      self = .participantsAdded(thread.change(by: event.sender), thread.people)
    case .participantsRemoved(let thread):
      self = .participantsRemoved(thread.change(by: event.sender), thread.people)
    case .unknown:
      return nil
    }
  }
}

extension CommunicationIdentifier {
  /// Somebody in an event, where ids may lack their `8:`; `nil` for nobody.
  fileprivate init?(event id: String?) {
    guard let id, !id.isEmpty else { return nil }
    self.init(rawID: RealTimeEvent.rawID(id))
  }

  /// Somebody in an event who has to be there: an empty id stays one.
  fileprivate init(someone id: String) {
    self.init(rawID: RealTimeEvent.rawID(id))
  }
}

extension RealTimeMessage {
  fileprivate var thread: ChatThreadID { ChatThreadID(threadID) }

  /// Epoch milliseconds, of the id where the version is none.
  private var number: Int64 { Int64(version) ?? ChatMessageID(id).place }

  /// The message, as the lists tell it: in whole seconds, a deleted one without text; events tell no attachments.
  fileprivate func message(
    from sender: String, isEdited: Bool = false, isDeleted: Bool = false
  ) -> ChatMessage {
    let id = ChatMessageID(id)
    let changedOn = Timestamp(seconds: Timestamp(milliseconds: number).seconds)
    let arrived = arrivedOn?.moment ?? Timestamp(milliseconds: id.place)
    var texts: [String: String] = [:]
    for member in metadata?.members ?? [] { texts[member.name] = member.value.string }
    return ChatMessage(
      id: id, sequenceID: 0, version: number, content: content(isDeleted: isDeleted),
      senderDisplayName: senderDisplayName, sender: CommunicationIdentifier(event: sender),
      createdOn: Timestamp(seconds: arrived.seconds),
      editedOn: editedOn.map { Timestamp(seconds: $0.moment.seconds) }
        ?? (isEdited ? changedOn : nil),
      deletedOn: deletedOn.map { Timestamp(seconds: $0.moment.seconds) }
        ?? (isDeleted ? changedOn : nil),
      metadata: isDeleted ? [:] : texts)
  }

  private func content(isDeleted: Bool) -> ChatMessage.Content {
    let text = isDeleted ? "" : body ?? ""
    return switch type {
    case "Text": .text(text)
    case "RichText/Html": .html(text)
    default: .unknown(type: type)
    }
  }

  fileprivate func typing(by sender: String) -> TypingNotice {
    TypingNotice(
      sender: CommunicationIdentifier(someone: sender), displayName: senderDisplayName,
      receivedOn: arrivedOn?.moment ?? Timestamp(milliseconds: number))
  }
}

extension RealTimeReceipt {
  /// The receipt; without a readable horizon the version tells the time, then the message's id.
  fileprivate func receipt(from sender: String) -> ChatMessageReadReceipt {
    let message = ChatMessageID(messageID)
    return ChatMessageReadReceipt(
      sender: CommunicationIdentifier(event: reader) ?? CommunicationIdentifier(someone: sender),
      messageID: message,
      readOn: readOn ?? Timestamp(milliseconds: Int64(version) ?? message.place))
  }
}

extension RealTimeThread {
  /// Epoch milliseconds, of the change's time where the version is none.
  fileprivate var number: Int64 {
    Int64(version) ?? (changedOn ?? createdOn)?.moment.milliseconds ?? 0
  }

  /// Those whom an event names; names and times may be missing.
  fileprivate var people: [ChatParticipant] {
    participants.map { person in
      ChatParticipant(
        identifier: CommunicationIdentifier(someone: person.id),
        displayName: person.displayName?.isEmpty == true ? nil : person.displayName,
        shareHistoryTime: person.shareHistoryTime)
    }
  }

  fileprivate func thread(by sender: String) -> ChatThread {
    ChatThread(
      id: ChatThreadID(threadID), topic: topic ?? "",
      createdOn: createdOn.map { Timestamp(seconds: $0.moment.seconds) },
      createdBy: CommunicationIdentifier(event: author?.id ?? sender))
  }

  fileprivate func change(by sender: String) -> ThreadChange {
    ThreadChange(
      thread: ChatThreadID(threadID),
      initiator: CommunicationIdentifier(event: author?.id ?? sender),
      changedOn: changedOn?.moment ?? Timestamp(milliseconds: number), version: number)
  }
}
