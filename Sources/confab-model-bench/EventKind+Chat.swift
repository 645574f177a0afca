import ACSTypes
import ClientModel

// What the service tells of the chats.
extension EventKind {
  static let messages = [
    EventKind("message") { _, turn in ModelUnderTest.arrival(3000 + turn, in: 1 + turn % 9) },
    EventKind("message-in-open-thread") { _, turn in ModelUnderTest.arrival(3000 + turn, in: 0) },
    chat("late-message") { turn in
      var message = ModelUnderTest.message(1)
      message.id = ChatMessageID(String(message.id.place + Int64(turn) * 7 + 3))
      return .messageReceived(thread(turn), message)
    },
    chat("edit") { turn in
      .messageEdited(thread(turn), ModelUnderTest.message(20 + turn % 20, version: Int64(turn) + 1))
    },
    chat("deletion") { turn in
      var message = ModelUnderTest.message(2 + turn % 40, version: 50)
      message.deletedOn = message.createdOn
      return .messageDeleted(thread(turn), message)
    },
    chat("new-thread") { turn in
      .threadCreated(
        ChatThread(id: ChatThreadID("19:new\(turn)@thread.v2"), topic: "New"),
        members: [ChatParticipant(identifier: ModelUnderTest.me)], version: 1)
    },
    chat("end-of-thread") { turn in
      var change = change(turn)
      change.thread = ModelUnderTest.thread(10 + turn % 9)
      return .threadDeleted(change)
    },
    EventKind("lost-events") { model, _ in
      model.settle(threads: 20)
      return .chatSignalled(.eventsLost)
    },
  ]

  static let people = [
    chat("typing") { turn in
      .typingReceived(
        thread(turn),
        TypingNotice(
          sender: ModelUnderTest.person(turn % 5), displayName: "P",
          receivedOn: ModelUnderTest.start))
    },
    chat("receipt") { turn in
      .readReceiptReceived(
        thread(turn),
        ChatMessageReadReceipt(
          sender: ModelUnderTest.person(turn % 5), messageID: ModelUnderTest.message(turn).id,
          readOn: ModelUnderTest.start))
    },
    chat("topic") { turn in
      .threadPropertiesUpdated(change(turn), topic: "The topic of turn \(turn)")
    },
    chat("coming") { turn in
      .participantsAdded(
        change(turn), [ChatParticipant(identifier: ModelUnderTest.person(turn % 5))])
    },
    chat("leaving") { turn in
      .participantsRemoved(
        change(turn), [ChatParticipant(identifier: ModelUnderTest.person(turn % 5))])
    },
  ]
}
