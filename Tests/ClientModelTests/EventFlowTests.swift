import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

@Suite("Events as they happen")
struct EventFlowTests {
  /// A tester whose channel of events is open and whose lists are read.
  private func live(messages: [ChatMessage] = []) -> FlowTester {
    var state = ClientState.sample(hasGateway: false)
    state.settings.wantsEvents = true
    let tester = FlowTester(state)
    tester.step(.started)
    tester.settle(where: { $0 == .renewToken }, .session(.sample()))
    tester.step(.chatSignalled(.connected))
    quiet(tester, messages)
    return tester
  }

  /// Answers every request to Chat that is under way.
  private func quiet(_ tester: FlowTester, _ messages: [ChatMessage] = []) {
    for _ in 0..<20 {
      guard
        let entry = tester.state.ledger.entries.first(where: { $0.action != .openEvents })
      else { return }
      let result: EffectResult =
        switch entry.action {
        case .listThreads: .threads(Page(values: FlowTester.threads))
        case .listMessages: .messages(Page(values: messages.reversed()))
        case .listParticipants:
          .participants([.alice, .bob].map { ChatParticipant(identifier: $0) })
        default: .done
        }
      tester.step(.finished(entry.id, result))
    }
  }

  private func change(_ version: Int64) -> ThreadChange {
    ThreadChange(thread: .release, initiator: .bob, changedOn: .start, version: version)
  }

  private func lose(_ tester: FlowTester, _ error: ServiceError? = nil) {
    tester.settle(where: { $0 == .openEvents }, error.map { .failed($0) } ?? .done)
  }

  @Test("the channel opens with the sign-in; the status tells that messages come by themselves")
  func opens() {
    let tester = live()
    #expect(tester.state.connectionStatus == .live)
    #expect(tester.state.ledger.contains { $0 == .openEvents })
    // Polls go on, slowly, to notice a channel that says nothing.
    let due = tester.state.connection.openThreadDueOn ?? .epoch
    #expect(due - tester.now == .seconds(60))
  }

  @Test("a message that came before one whose event came first is counted, too, and none twice")
  func countsOlderOnes() {
    let tester = live()
    tester.step(.chatSignalled(.event(.messageReceived(.lunch, message(2000, "second")))))
    let page = [message(1000, "first"), message(2000, "second")]
    var state = tester.state
    var turn = Turn(Occurrence(now: tester.now, entropy: 1, event: .clockAdvanced))
    state.take(Page(values: page.reversed()), of: .lunch, .newest, &turn)
    #expect(state.threads.entry(.lunch)?.unreadCount == 2)
    // Let go of and read again, they come as new ones.
    state.conversations[.lunch]?.forgetMessages()
    state.take(Page(values: page.reversed()), of: .lunch, .newest, &turn)
    #expect(state.threads.entry(.lunch)?.unreadCount == 2)
  }

  @Test("of a thread that events alone told of, what came before them is read after a break")
  func readsBeforeEvents() {
    let tester = live()
    let thread = ChatThread(
      id: ChatThreadID("19:new@thread.v2"), topic: "New", lastMessageReceivedOn: .start)
    tester.step(.chatSignalled(.event(.threadCreated(thread, members: [], version: 1))))
    lose(tester)
    tester.step(.chatSignalled(.connected))
    tester.step(.chatSignalled(.event(.messageReceived(thread.id, message(0, "the second")))))
    tester.step(.clockAdvanced)
    tester.settle(
      where: { $0 == .listThreads(next: nil) },
      .threads(Page(values: FlowTester.threads + [thread])))
    #expect(tester.state.ledger.contains { $0 == .listMessages(thread.id, .newest) })
  }

  @Test("who wants no events is asked for none")
  func off() {
    let tester = FlowTester.signedIn()
    #expect(!tester.state.ledger.contains { $0 == .openEvents })
    #expect(tester.state.connectionStatus == .polling(cause: nil))
  }

  @Test(
    "a lost channel is told at once, polled instead, read anew and opened again, later each time")
  func lost() {
    let tester = live()
    var pauses: [Duration] = []
    for _ in 0..<6 {
      lose(tester, ServiceError(.unreachable, "Gone."))
      #expect(tester.state.connectionStatus.kind == "reconnecting")
      #expect(tester.state.connectionStatus.cause == "Gone.")
      #expect(tester.state.ledger.contains { $0 == .listThreads(next: nil) })
      quiet(tester)
      #expect((tester.state.connection.openThreadDueOn ?? .epoch) - tester.now < .seconds(2))
      guard case .waiting(let retryOn, _, _) = tester.state.connection.events else {
        Issue.record("it does not wait")
        return
      }
      pauses.append(retryOn - tester.now)
      while tester.now < retryOn {
        tester.toDeadline()
        quiet(tester)
      }
      #expect(tester.state.connection.events == .connecting)
    }
    #expect(pauses.first ?? .zero < .seconds(3))
    #expect(pauses.last ?? .zero > .seconds(10))
    #expect(pauses.allSatisfy { $0 <= .seconds(60) })
  }

  @Test("a resource without events is asked once")
  func unsupported() {
    let tester = live()
    lose(tester, ServiceError(.unsupported, "None here."))
    #expect(tester.state.connectionStatus == .polling(cause: "not offered"))
    tester.wait(.seconds(3600 - 700))
    tester.step(.clockAdvanced)
    quiet(tester)
    #expect(!tester.state.ledger.contains { $0 == .openEvents })
  }

  @Test("an event comes twice, with other words for its people: it stands once")
  func twice() {
    let tester = live()
    let news = message(100, "news")
    var again = news
    again.senderDisplayName = "Bobby"
    for one in [news, again] {
      tester.step(.chatSignalled(.event(.messageReceived(.release, one))))
    }
    #expect(tester.state.conversations[.release]?.messages.map(\.content) == [.text("news")])
  }

  @Test("an edit after the deletion changes nothing; an edit before its message is the message")
  func lateEdit() {
    let tester = live(messages: [message(0, "a")])
    let place = Timestamp.start.milliseconds
    let gone = message(0, "", version: place + 5, deleted: true)
    let late = message(0, "b", version: place + 9, edited: true)
    tester.step(.chatSignalled(.event(.messageDeleted(.release, gone))))
    tester.step(.chatSignalled(.event(.messageEdited(.release, late))))
    #expect(tester.state.conversations[.release]?.messages.first?.deletedOn != nil)
    let early = message(50, "edited", version: place + 90, edited: true)
    tester.step(.chatSignalled(.event(.messageEdited(.release, early))))
    tester.step(.chatSignalled(.event(.messageReceived(.release, message(50, "first")))))
    #expect(tester.state.conversations[.release]?.messages.last?.content == .text("edited"))
  }

  @Test("a message of a thread that nobody knew of makes a place for it, and asks what it is")
  func unknownThread() {
    let tester = live()
    let id = ChatThreadID("19:new@thread.v2")
    let effects = tester.step(.chatSignalled(.event(.messageReceived(id, message(5, "hi")))))
    #expect(effects == [.readThread(id)])
    tester.settle(where: { $0 == .readThread(id) }, .thread(ChatThread(id: id, topic: "New")))
    #expect(tester.state.threads.entry(id)?.thread.topic == "New")
    #expect(tester.state.threads.entry(id)?.unreadCount == 1)
  }

  @Test(
    "messages that nobody looks at are counted, own ones from elsewhere and system ones are not")
  func unread() {
    let tester = live()
    for offset in [10, 20] as [Int64] {
      tester.step(.chatSignalled(.event(.messageReceived(.lunch, message(offset * 1000, "x")))))
    }
    #expect(tester.state.threads.entry(.lunch)?.unreadCount == 2)
    let own = message(30_000, "from my telephone", from: .alice)
    tester.step(.chatSignalled(.event(.messageReceived(.lunch, own))))
    #expect(tester.state.threads.entry(.lunch)?.unreadCount == 0)
    #expect(tester.state.threads.entry(.lunch)?.isUnread == false)
  }

  @Test("a message that was deleted before anybody saw it is counted no more")
  func deletedUnread() {
    let tester = live()
    for offset in [1000, 2000] as [Int64] {
      tester.step(.chatSignalled(.event(.messageReceived(.lunch, message(offset, "x")))))
    }
    let gone = message(1000, "", version: Timestamp.start.milliseconds + 9000, deleted: true)
    for _ in 0..<2 { tester.step(.chatSignalled(.event(.messageDeleted(.lunch, gone)))) }
    #expect(tester.state.threads.entry(.lunch)?.unreadCount == 1)
  }

  @Test("messages of one second count one by one, and the one seen among them no more")
  func oneSecond() {
    let tester = live()
    tester.step(.chatSignalled(.event(.messageReceived(.lunch, message(1100, "seen")))))
    tester.press("M-Down")
    #expect(tester.state.threads.open == .lunch)
    tester.press("M-Up")
    for offset in [1300, 1200] as [Int64] {
      tester.step(.chatSignalled(.event(.messageReceived(.lunch, message(offset, "x")))))
    }
    #expect(tester.state.threads.entry(.lunch)?.unreadCount == 2)
    #expect(tester.state.threads.entry(.lunch)?.isUnread == true)
  }

  @Test("who types is forgotten after 9 s, and with their message")
  func typing() {
    let tester = live()
    func typists() -> [CommunicationIdentifier] {
      tester.state.conversations[.release].map { Array($0.typing.keys) } ?? []
    }
    let notice = TypingNotice(sender: .bob, displayName: "Bob", receivedOn: .start)
    tester.step(.chatSignalled(.event(.typingReceived(.release, notice))))
    #expect(typists() == [.bob])
    tester.wait(.seconds(9))
    #expect(tester.state.nextDeadline ?? .epoch <= tester.now)
    tester.step(.clockAdvanced)
    #expect(typists() == [])
    tester.step(.chatSignalled(.event(.typingReceived(.release, notice))))
    tester.step(.chatSignalled(.event(.messageReceived(.release, message(100, "done")))))
    #expect(typists() == [])
  }

  @Test("the others are told of the user's typing at most every 8 s")
  func tellsTyping() {
    let tester = live()
    tester.type("hello")
    #expect(tester.state.ledger.ids { $0 == .sendTyping(.release) }.count == 1)
    quiet(tester)
    tester.wait(.seconds(7))
    tester.type("x")
    #expect(!tester.state.ledger.contains { $0 == .sendTyping(.release) })
    tester.wait(.seconds(1))
    tester.type("x")
    #expect(tester.state.ledger.contains { $0 == .sendTyping(.release) })
  }

  @Test("receipts never go backwards")
  func receipts() {
    let tester = live()
    for place in [5, 9, 7] as [Int64] {
      let receipt = ChatMessageReadReceipt(
        sender: .bob, messageID: ChatMessageID("\(place)"), readOn: .start)
      tester.step(.chatSignalled(.event(.readReceiptReceived(.release, receipt))))
    }
    #expect(tester.state.conversations[.release]?.receipts[.bob]?.messageID.place == 9)
    #expect(tester.state.conversations[.release]?.readers(of: 9) == [.bob])
    #expect(tester.state.conversations[.release]?.readers(of: 10) == [])
  }

  @Test("receipts are read again once the channel stands: what came before is told by no event")
  func receiptsBeforeChannel() {
    let tester = live()
    tester.step(.chatSignalled(.connected))
    #expect(tester.state.ledger.contains { $0 == .listReceipts(.release) })
    quiet(tester)
    tester.step(.chatSignalled(.eventsLost))
    #expect(tester.state.ledger.contains { $0 == .listReceipts(.release) })
  }

  @Test(
    "receipts are read with the list now and then while somebody may have read further than is known"
  )
  func lostReceipts() {
    let messages = [message(0, "hello", from: .alice)]
    let tester = live(messages: messages)
    let isAsked = { tester.state.ledger.contains { $0 == .listReceipts(.release) } }
    quiet(tester)
    tester.wait(.seconds(61))
    tester.step(.clockAdvanced)
    #expect(isAsked())
    quiet(tester, messages)
    let read = ChatMessageReadReceipt(sender: .bob, messageID: messages[0].id, readOn: .start)
    tester.step(.chatSignalled(.event(.readReceiptReceived(.release, read))))
    tester.wait(.seconds(61))
    tester.step(.clockAdvanced)
    #expect(!isAsked())
  }

  @Test("removed while the thread is open: it can be read, and says why it cannot be written to")
  func removed() {
    let tester = live(messages: [message(0, "hello")])
    tester.type("half a sen")
    let alice = [ChatParticipant(identifier: .alice)]
    tester.step(.chatSignalled(.event(.participantsRemoved(change(9), alice))))
    // The name that came with a message is known.
    #expect(tester.state.readOnlyReason == "Bob removed you from this thread.")
    #expect(tester.state.conversations[.release]?.messages.count == 1)
    tester.press("Enter")
    #expect(tester.state.composer.text == "half a sen")
    #expect(tester.state.outbox[.release] == [])
    // A late event of the coming before changes nothing, a new coming does.
    tester.step(.chatSignalled(.event(.participantsAdded(change(8), alice))))
    #expect(tester.state.readOnlyReason != nil)
    tester.step(.chatSignalled(.event(.participantsAdded(change(10), alice))))
    #expect(tester.state.readOnlyReason == nil)
  }

  @Test("a person who comes in with no time of sharing and no name is there")
  func nulls() {
    let tester = live()
    let carol = ChatParticipant(identifier: .carol, displayName: nil, shareHistoryTime: nil)
    tester.step(.chatSignalled(.event(.participantsAdded(change(5), [carol]))))
    #expect(tester.state.conversations[.release]?.participants.contains(carol) == true)
    tester.step(.chatSignalled(.event(.participantsRemoved(change(6), [carol]))))
    #expect(tester.state.conversations[.release]?.participants.contains(carol) == false)
  }

  @Test("the line of who came, went or renamed is read at once, once for many")
  func lines() {
    let tester = live(messages: [message(0, "hello")])
    let isReading: (Effect.Action) -> Bool = {
      if case .listMessages(.release, _) = $0 { true } else { false }
    }
    let carol = [ChatParticipant(identifier: .carol)]
    let events: [ChatEvent] = [
      .participantsAdded(change(5), carol), .participantsRemoved(change(6), carol),
      .threadPropertiesUpdated(change(7), topic: "Tea"),
    ]
    func readings() -> Int { tester.step(.clockAdvanced).filter(isReading).count }
    func settle() {
      tester.settle(where: isReading, .messages(Page(values: [message(0, "hello")])))
    }
    for event in events {
      tester.happens(event)
      #expect(readings() == 1)
      // What comes while it is being read may have come too late for it.
      tester.happens(event)
      #expect(readings() == 0)
      settle()
      #expect(readings() == 1)
      settle()
      #expect(readings() == 0)
    }
  }

  @Test("who comes while the roster is being read is asked for again, for the answer may be older")
  func rosterUnderWay() {
    let tester = live()
    let isRoster: (Effect.Action) -> Bool = { $0 == .listParticipants(.release) }
    let old = [.alice, .bob].map { ChatParticipant(identifier: $0) }
    let carol = ChatParticipant(identifier: .carol)
    tester.press("M-w")
    #expect(tester.state.ledger.ids(where: isRoster).count == 1)
    tester.happens(.participantsAdded(change(5), [carol]))
    let effects = tester.settle(where: isRoster, .participants(old))
    #expect(effects.contains(where: isRoster))
    #expect(!tester.settle(where: isRoster, .participants(old + [carol])).contains(where: isRoster))
    #expect(tester.state.conversations[.release]?.participants.contains(carol) == true)
  }

  @Test(
    "a roster that did not come is asked for again, though the news that made it needed is told once",
    arguments: [
      ServiceError.Code.timedOut, .badAnswer, .refused, .serviceFailed, .throttled, .unreachable,
    ])
  func rosterThatFailed(code: ServiceError.Code) {
    let tester = live()
    let isRoster: (Effect.Action) -> Bool = { $0 == .listParticipants(.release) }
    tester.press("M-w")
    tester.settle(where: isRoster, .failed(ServiceError(code, "No.")))
    tester.press("Esc")
    let asked = tester.pass(.seconds(90)) { FlowTester.healthy($0) }
    #expect((1...2).contains(asked.count(where: isRoster)), "\(asked)")
  }

  @Test("messages whose ids are no numbers stand once each, however often they come")
  func strangeIDs() {
    let strange = ["abc", "def", "-"].map { id in
      var strange = message(0, id)
      strange.id = ChatMessageID(id)
      return strange
    }
    let tester = FlowTester.signedIn(messages: strange, gateway: false)
    tester.pass(.seconds(60)) { FlowTester.healthy($0, strange) }
    #expect(tester.state.conversations[.release]?.messages.count == 3)
  }

  @Test("topics follow the newest change, whatever comes last")
  func topics() {
    let tester = live()
    for (version, topic) in [(5, "five"), (9, "nine"), (7, "seven")] as [(Int64, String)] {
      tester.step(
        .chatSignalled(.event(.threadPropertiesUpdated(change(version), topic: topic))))
    }
    #expect(tester.state.threads.entry(.release)?.thread.topic == "nine")
    tester.step(.chatSignalled(.event(.threadDeleted(change(10)))))
    #expect(tester.state.readOnlyReason == "This thread was deleted.")
  }

  /// Lets the clock run for `time`, with everything read as `messages` say.
  private func pass(_ time: Duration, _ tester: FlowTester, _ messages: [ChatMessage]) {
    let end = tester.now + time
    while let deadline = tester.state.nextDeadline, deadline <= end {
      tester.toDeadline()
      quiet(tester, messages)
    }
    tester.wait(max(.zero, end - tester.now))
    tester.step(.clockAdvanced)
    quiet(tester, messages)
  }

  @Test("a channel that stands and tells nothing of what reading finds is given up, and said so")
  func silent() {
    let first = message(0, "a")
    let tester = live(messages: [first])
    pass(.seconds(200), tester, [first])
    #expect(tester.state.connectionStatus == .live)
    let channel = tester.state.ledger.ids { $0 == .openEvents }
    let untold = [first, message(250_000, "untold")]
    let words = "The channel of events told nothing of messages that came."
    var effects: [Effect.Action] = []
    while tester.state.connection.events.isLive, tester.now < .start + .seconds(400) {
      effects = tester.toDeadline()
      if tester.state.connection.events.isLive { quiet(tester, untold) }
    }
    #expect(tester.state.conversations[.release]?.messages.count == 2)
    #expect(channel.count == 1)
    #expect(effects.contains(.cancel(channel[0])))
    guard case .reconnecting(_, words) = tester.state.connectionStatus else {
      Issue.record("the status says \(tester.state.connectionStatus)")
      return
    }
    pass(.seconds(3), tester, untold)
    #expect(tester.state.ledger.contains { $0 == .openEvents }, "it is opened again")
  }

  @Test(
    "what an event tells within seconds of the reading is no silence, nor is what no event tells",
    arguments: [true, false])
  func notSilent(isTold: Bool) {
    let first = message(0, "a")
    let tester = live(messages: [first])
    pass(.seconds(200), tester, [first])
    var news = message(250_000, "news", from: isTold ? .bob : .alice)
    if isTold { news.senderDisplayName = "Bob" }
    while tester.state.conversations[.release]?.messages.count == 1 {
      tester.toDeadline()
      quiet(tester, [first, news])
    }
    if isTold { tester.step(.chatSignalled(.event(.messageReceived(.release, news)))) }
    pass(.seconds(30), tester, [first, news])
    #expect(tester.state.connectionStatus == .live)
  }

  @Test("messages that came before the channel stood, or that it said were lost, are no silence")
  func gapIsNoSilence() {
    let first = message(0, "a")
    let tester = live(messages: [first])
    pass(.seconds(200), tester, [first])
    tester.step(.chatSignalled(.eventsLost))
    pass(.seconds(30), tester, [first, message(1000, "lost")])
    #expect(tester.state.connectionStatus == .live)
  }

  @Test("a list in which another thread moved that no event told is a silence, too")
  func silentElsewhere() {
    func moved(by event: Bool) -> ConnectionStatus {
      let tester = live()
      pass(.seconds(200), tester, [])
      if event {
        let notice = TypingNotice(sender: .bob, displayName: "", receivedOn: tester.now)
        tester.step(.chatSignalled(.event(.typingReceived(.lunch, notice))))
      }
      while !tester.state.ledger.contains(where: { $0 == .listThreads(next: nil) }) {
        tester.toDeadline()
      }
      var threads = FlowTester.threads
      for index in threads.indices where threads[index].id == .lunch {
        threads[index].lastMessageReceivedOn = tester.now
      }
      tester.settle(
        where: { $0 == .listThreads(next: nil) }, .threads(Page(values: threads)))
      pass(.milliseconds(5500), tester, [])
      return tester.state.connectionStatus
    }
    #expect(moved(by: true) == .live)
    #expect(moved(by: false) != .live)
  }

  @Test(
    "who is not let in there is asked less and less often, and at once when the person wants it")
  func refused() {
    let tester = live()
    lose(tester, ServiceError(.authFailed, "No."))
    quiet(tester)
    #expect(tester.state.session.problem == nil, "Chat says who is let in")
    guard case .waiting(let retryOn, _, "No.") = tester.state.connection.events else {
      Issue.record("it does not wait")
      return
    }
    #expect(retryOn - tester.now > .milliseconds(3900))
    tester.press("M-n")
    #expect(tester.state.ledger.contains { $0 == .openEvents })
  }

  @Test("another person's channel is closed, and the new one's opened")
  func otherPerson() {
    let tester = live()
    let channel = tester.state.ledger.ids { $0 == .openEvents }
    pass(.seconds(3600 - 700), tester, [])
    while !tester.state.isRenewing { tester.toDeadline() }
    var other = Session.sample()
    other.identity = .bob
    let effects = tester.settle(where: { $0 == .renewToken }, .session(other))
    #expect(effects.contains(.cancel(channel[0])))
    #expect(effects.contains(.openEvents))
    #expect(tester.state.ledger.ids { $0 == .openEvents }.count == 1)
    // What the first one still says is not believed.
    #expect(tester.state.connection.events == .connecting)
  }

  @Test("events that the service lost are read from the lists")
  func lostEvents() {
    let tester = live()
    let effects = tester.step(.chatSignalled(.eventsLost))
    #expect(effects.contains(.listThreads(next: nil)))
    #expect(effects.contains(.listMessages(.release, .newest)))
  }
}
