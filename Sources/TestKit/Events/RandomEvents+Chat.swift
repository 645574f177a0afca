import ACSTypes
import ClientModel

// What the services tell.
extension RandomEvents {
  func chatSignal() -> ChatEventSignal {
    switch number(12) {
    case 0: .connected
    case 1: .eventsLost
    default: .event(chatEvent())
    }
  }

  private func chatEvent() -> ChatEvent {
    let change = ThreadChange(
      thread: thread(), initiator: flag() ? person() : nil, changedOn: moment(), version: version())
    switch number(10) {
    case 0: return .messageReceived(thread(), message())
    case 1: return .messageEdited(thread(), message())
    case 2: return .messageDeleted(thread(), message())
    case 3:
      return .typingReceived(
        thread(), TypingNotice(sender: person(), displayName: text(), receivedOn: moment()))
    case 4: return .readReceiptReceived(thread(), receipt())
    case 5: return .threadCreated(chatThread(), members: some(3, participant), version: version())
    case 6: return .threadPropertiesUpdated(change, topic: text())
    case 7: return .threadDeleted(change)
    case 8: return .participantsAdded(change, some(3, participant))
    default: return .participantsRemoved(change, some(3, participant))
    }
  }

  func message() -> ChatMessage {
    let content: ChatMessage.Content =
      switch number(10) {
      case 0: .html(text())
      case 1: .topicUpdated(topic: text(), initiator: flag() ? person() : nil)
      case 2: .participantAdded(some(2, participant), initiator: nil)
      case 3: .participantRemoved(some(2, participant), initiator: person())
      case 4: .unknown(type: text())
      default: .text(text())
      }
    let id = messageID()
    return ChatMessage(
      id: id, sequenceID: version(), version: flag() ? id.place : version(), content: content,
      senderDisplayName: flag() ? "Bob" : text(), sender: flag() ? person() : nil,
      createdOn: moment(), editedOn: number(4) == 0 ? moment() : nil,
      deletedOn: number(6) == 0 ? moment() : nil,
      metadata: number(4) == 0 ? [ChatMessage.clientIDName: text(), "k": text()] : [:],
      attachments: number(8) > 0
        ? [] : [ChatAttachment(id: text(), kind: .file, name: text(), url: nil)])
  }

  func chatThread() -> ChatThread {
    ChatThread(
      id: thread(), topic: text(), createdOn: flag() ? moment() : nil,
      createdBy: flag() ? person() : nil, deletedOn: number(8) == 0 ? moment() : nil,
      lastMessageReceivedOn: flag() ? moment() : nil)
  }

  func participant() -> ChatParticipant {
    ChatParticipant(
      identifier: person(), displayName: flag() ? text() : nil,
      shareHistoryTime: flag() ? moment() : nil)
  }

  func receipt() -> ChatMessageReadReceipt {
    ChatMessageReadReceipt(sender: person(), messageID: messageID(), readOn: moment())
  }

  func callSignal() -> CallSignal {
    let call = CallID(one(of: ["c1", "c2", ""]))
    let reason = CallEndReason(
      code: one(of: [0, 487, .max, -1]), subCode: number(9000), message: text())
    switch number(6) {
    case 0: return .welcome(version: one(of: [1, 0, .max]), identity: person())
    case 1: return .accepted(requestID: text(), callID: call)
    case 2: return .refused(requestID: text(), reason: reason)
    case 3: return .incoming(callID: call, from: person(), displayName: text())
    case 4:
      return .state(
        callID: call, state: one(of: CallState.allCases), reason: flag() ? reason : nil)
    default:
      return .roster(
        callID: call, version: one(of: [number(10), .max, .min]),
        participants: some(3) {
          CallParticipant(identifier: person(), displayName: text(), isMuted: flag())
        })
    }
  }
}
