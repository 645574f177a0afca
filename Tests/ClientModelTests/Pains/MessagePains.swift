import ACSTypes
import Testing

@testable import ClientModel

/// What users of other clients report of messages.
@Suite("Pains: messages")
struct MessagePains {
  @Test("duplicate event with different payload: the message stands once, as it was told first")
  func duplicateEventWithDifferentPayload() {
    let tester = FlowTester.settled()
    let news = message(100, "news")
    var again = news
    again.content = .text("NEWS")
    again.senderDisplayName = "Robert"
    for one in [news, again, news] { tester.happens(.messageReceived(.release, one)) }
    #expect(tester.texts == ["news"])
    for one in [news, again] { tester.happens(.messageReceived(.lunch, one)) }
    #expect(tester.state.threads.entry(.lunch)?.unreadCount == 1)
  }

  @Test("ordering at equal timestamps: by id, whatever comes first", arguments: [false, true])
  func orderingAtEqualTimestamps(isReversed: Bool) {
    let tester = FlowTester.settled()
    var messages = (0..<5).map { message(Int64($0), "\($0)") }
    for index in messages.indices { messages[index].createdOn = .start }
    if isReversed { messages.reverse() }
    for one in messages { tester.happens(.messageReceived(.release, one)) }
    #expect(tester.texts == ["0", "1", "2", "3", "4"])
  }

  @Test("event before the POST's answer: the own message stands once and nothing waits")
  func eventBeforeAnswer() {
    let tester = FlowTester.settled()
    tester.type("hi")
    tester.press("Enter")
    let clientID = tester.state.outbox[.release].first?.record.clientID ?? ""
    var own = message(400, "hi", from: .alice)
    own.metadata = [ChatMessage.clientIDName: clientID]
    tester.happens(.messageReceived(.release, own))
    #expect(tester.texts == ["hi"])
    #expect(tester.state.outbox[.release].isEmpty)
    tester.answer { if case .send = $0 { .sent(own.id) } else { nil } }
    #expect(tester.texts == ["hi"])
    // Nor does the late failure of a request that came through bring it back.
    tester.type("ho")
    tester.press("Enter")
    let second = tester.state.outbox[.release].first?.record.clientID ?? ""
    var other = message(900, "ho", from: .alice)
    other.metadata = [ChatMessage.clientIDName: second]
    tester.happens(.messageReceived(.release, other))
    tester.answer { if case .send = $0 { .failed(ServiceError(.timedOut, "Late.")) } else { nil } }
    #expect(tester.texts == ["hi", "ho"])
    #expect(tester.state.outbox[.release].isEmpty)
  }

  @Test("late edit after delete: what is deleted stays so", arguments: [1, 5, 9] as [Int64])
  func lateEditAfterDelete(version: Int64) {
    let tester = FlowTester.settled(messages: [message(0, "a")])
    let place = Timestamp.start.milliseconds
    tester.happens(.messageDeleted(.release, message(0, "", version: place + 5, deleted: true)))
    tester.happens(
      .messageEdited(.release, message(0, "b", version: place + version, edited: true)))
    #expect(tester.state.conversations[.release]?.messages.map { $0.deletedOn != nil } == [true])
    #expect(!tester.texts.contains("b"))
  }

  @Test("own message from another device: it stands with the others, unread by nobody here")
  func ownMessageFromAnotherDevice() {
    let tester = FlowTester.settled()
    tester.happens(.messageReceived(.release, message(100, "from my telephone", from: .alice)))
    tester.happens(.messageReceived(.lunch, message(200, "and here", from: .alice)))
    #expect(tester.texts == ["from my telephone"])
    #expect(tester.state.threads.entry(.lunch)?.unreadCount == 0)
    #expect(tester.state.threads.entry(.lunch)?.isUnread == false)
    // Nobody tells others that they have read what they wrote.
    #expect(
      !tester.state.ledger.contains {
        if case .sendReadReceipt = $0 { true } else { false }
      })
    // One of another device that bears this client's mark is not taken for one of ours.
    var foreign = message(300, "x", from: .alice)
    foreign.metadata = [ChatMessage.clientIDName: "another-device"]
    tester.happens(.messageReceived(.release, foreign))
    #expect(tester.texts == ["from my telephone", "x"])
    #expect(tester.state.outbox.waitingCount == 0)
  }

  @Test("unknown sender: shown by a short id, and no trouble")
  func unknownSender() {
    let tester = FlowTester.settled()
    let stranger = CommunicationIdentifier(rawID: "8:acs:aaaa_stranger9")
    var unknown = message(100, "who am I", from: stranger)
    unknown.senderDisplayName = ""
    tester.happens(.messageReceived(.release, unknown))
    var nobody = message(200, "no sender at all", from: stranger)
    nobody.sender = nil
    nobody.senderDisplayName = ""
    tester.happens(.messageReceived(.release, nobody))
    #expect(tester.texts == ["who am I", "no sender at all"])
    let name = tester.state.name(of: stranger, in: .release)
    #expect(!name.isEmpty)
    #expect(stranger.rawID.contains(name.filter { $0 != "…" }) || name == stranger.shortForm)
  }
}
