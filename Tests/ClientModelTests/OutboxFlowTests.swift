import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

@Suite("The outbox")
struct OutboxFlowTests {
  private static let isSend: @Sendable (Effect.Action) -> Bool = {
    if case .send = $0 { true } else { false }
  }
  private static let isFind: @Sendable (Effect.Action) -> Bool = {
    if case .findSent = $0 { true } else { false }
  }

  private func texts(_ tester: FlowTester) -> [String] {
    tester.state.conversations[.release]?.messages.map { message in
      if case .text(let text) = message.content { text } else { "-" }
    } ?? []
  }

  private func states(_ tester: FlowTester) -> [OutboxRecord.State] {
    tester.state.outbox[.release].map(\.record.state)
  }

  /// A tester whose person has just sent `text`, and its client id.
  private func sending(_ text: String) -> (tester: FlowTester, clientID: String) {
    let tester = FlowTester.signedIn()
    tester.type(text)
    tester.press("Enter")
    return (tester, tester.state.outbox[.release].first?.record.clientID ?? "")
  }

  /// The own message as the service lists it.
  private func own(_ offset: Int64, _ text: String, _ clientID: String) -> ChatMessage {
    var own = message(offset, text, from: .alice)
    own.metadata = [ChatMessage.clientIDName: clientID]
    return own
  }

  /// What a poll brings.
  private func poll(_ tester: FlowTester, _ messages: [ChatMessage]) {
    tester.toDeadline()
    tester.settle(
      where: { if case .listMessages = $0 { true } else { false } },
      .messages(Page(values: messages)))
  }

  @Test("Enter sends: the text waits here, then takes its place by the service's id")
  func send() {
    let tester = FlowTester.signedIn(messages: [message(0, "hello")])
    tester.type("hi there")
    let effects = tester.step(.keyPressed(KeyPress(.enter)))
    #expect(tester.state.composer.isEmpty)
    let entry = tester.state.outbox[.release].first
    let clientID = entry?.record.clientID ?? ""
    #expect(effects == [.send(.release, clientID: clientID, text: "hi there")])
    #expect(clientID.utf8.count == 36)
    #expect(entry?.isUnderWay == true)
    let id = ChatMessageID(String(Timestamp.start.milliseconds + 400))
    tester.settle(where: Self.isSend, .sent(id))
    #expect(texts(tester) == ["hello", "hi there"])
    #expect(
      tester.state.outbox
        == {
          var outbox = Outbox()
          outbox.settled.note(id, of: clientID, in: .release)
          return outbox
        }())
    tester.expectNothingLeft(but: [.openGateway, .sendTyping(.release)])
  }

  @Test(
    "of two tries that came through the later is deleted, also when it was the one acknowledged")
  func earlierTwin() {
    let (tester, clientID) = sending("once")
    tester.settle(where: Self.isSend, .sent(own(900, "", "").id))
    poll(tester, [own(900, "once", clientID), own(400, "once", clientID)])
    let later = own(900, "", "").id
    tester.settle(
      where: { if case .delete(.release, later, clientID: _) = $0 { true } else { false } }, .done)
    #expect(
      tester.state.conversations[.release]?.messages.map { $0.deletedOn == nil } == [true, false])
    #expect(states(tester) == [])
  }

  @Test("what waits behind a message goes out when a poll brings that message before its answer")
  func nextAfterArrival() {
    let (tester, clientID) = sending("one")
    tester.type("two")
    tester.press("Enter")
    #expect(tester.state.ledger.ids(where: Self.isSend).count == 1)
    poll(tester, [own(400, "one", clientID)])
    #expect(tester.state.outbox[.release].map(\.outgoingText) == ["two"])
    #expect(tester.state.outbox[.release].first?.isUnderWay == true)
    #expect(tester.state.ledger.ids(where: Self.isSend).count == 2)
  }

  @Test("an own message whose answer comes after another thread was opened is nothing unread")
  func answerAfterLeaving() {
    let (tester, _) = sending("hi")
    tester.press("M-Down")
    #expect(tester.state.threads.open == .lunch)
    let arrival = tester.state.now + .seconds(2)
    tester.settle(where: Self.isSend, .sent(ChatMessageID(String(arrival.milliseconds))))
    #expect(tester.state.threads.entry(.release)?.isUnread == false)
    #expect(tester.state.threads.entry(.release)?.unreadCount == 0)
  }

  @Test("an own message that a poll brings before the answer of its POST stands once")
  func eventBeforeAnswer() {
    let (tester, clientID) = sending("hi")
    poll(tester, [own(400, "hi", clientID)])
    #expect(texts(tester) == ["hi"])
    #expect(states(tester) == [])
    tester.settle(where: Self.isSend, .sent(own(400, "", "").id))
    poll(tester, [own(400, "hi", clientID)])
    #expect(texts(tester) == ["hi"])
  }

  @Test("messages of one thread are sent one at a time, in order")
  func order() {
    let tester = FlowTester.signedIn()
    for text in ["1", "2"] {
      tester.type(text)
      tester.press("Enter")
    }
    #expect(tester.state.ledger.ids(where: Self.isSend).count == 1)
    let effects = tester.settle(where: Self.isSend, .sent(ChatMessageID("1795255200100")))
    #expect(effects.contains { if case .send(_, _, "2") = $0 { true } else { false } })
  }

  @Test("a message whose connection broke before the answer is looked for before it goes out again")
  func interrupted() {
    let (tester, clientID) = sending("once")
    let error = ServiceError(.unreachable, "The connection broke.", isUncertain: true)
    tester.settle(where: Self.isSend, .failed(error))
    #expect(states(tester) == [.unsettled])
    let asked = tester.pass(.seconds(30)) { action in
      if case .findSent(.release, clientID, _) = action { return .sent(own(400, "", "").id) }
      return FlowTester.healthy(action)
    }
    #expect(asked.contains(where: Self.isFind))
    #expect(!asked.contains(where: Self.isSend))
    #expect(texts(tester) == ["once"])
  }

  @Test("what nobody can tell to be sent is told, and holds up neither the service nor the next")
  func undecided() {
    let (tester, _) = sending("perhaps")
    tester.type("next")
    tester.press("Enter")
    let lost = ServiceError(.unreachable, "The connection broke.", isUncertain: true)
    tester.settle(where: Self.isSend, .failed(lost))
    tester.pass(.seconds(60)) { action in
      switch action {
      case .findSent: .failed(ServiceError(.undecided, "Nobody can tell."))
      case .send(_, _, let text): .sent(own(400, text, "").id)
      default: FlowTester.healthy(action)
      }
    }
    #expect(states(tester) == [.failed(reason: "Nobody can tell.")])
    #expect(texts(tester) == ["next"])
    #expect(tester.state.connection.problem == nil)
  }

  @Test("with the service away a message waits, and goes out by itself when it is back")
  func serviceAway() {
    let (tester, clientID) = sending("wait")
    tester.settle(where: Self.isSend, .failed(ServiceError(.unreachable, "Connection refused.")))
    #expect(states(tester) == [.queued])
    #expect(tester.state.connection.problem?.error.message == "Connection refused.")
    tester.wait(.seconds(2))
    #expect(tester.step(.clockAdvanced) == [.listThreads(next: nil)])
    let effects = tester.settle(
      where: { $0 == .listThreads(next: nil) }, .threads(Page(values: FlowTester.threads)))
    #expect(effects.contains(.send(.release, clientID: clientID, text: "wait")))
    #expect(tester.state.connection.problem == nil)
  }

  @Test(
    "a message whose sending was not answered is looked for, and sent again only when it is not there",
    arguments: [ServiceError.Code.timedOut, .badAnswer, .serviceFailed], [true, false])
  func unanswered(code: ServiceError.Code, hasArrived: Bool) {
    let (tester, clientID) = sending("once")
    tester.settle(where: Self.isSend, .failed(ServiceError(code, "Nobody knows.")))
    #expect(states(tester) == [.unsettled])
    // The service answers again, but the request may still be at work there.
    tester.wait(.seconds(2))
    tester.step(.clockAdvanced)
    tester.settle(
      where: { $0 == .listThreads(next: nil) }, .threads(Page(values: FlowTester.threads)))
    #expect(tester.state.ledger.ids(where: Self.isFind) == [])
    tester.wait(.seconds(20))
    let effects = tester.step(.clockAdvanced)
    #expect(
      effects.contains(.findSent(.release, clientID: clientID, since: .start - .seconds(300))))
    #expect(!effects.contains(where: Self.isSend))
    let found = tester.settle(
      where: Self.isFind, hasArrived ? .sent(own(400, "", "").id) : .done)
    #expect(found.contains(where: Self.isSend) == !hasArrived)
    #expect(texts(tester) == (hasArrived ? ["once"] : []))
    #expect(states(tester) == (hasArrived ? [] : [.queued]))
  }

  @Test(
    "a try that comes through after all, when another did before, is deleted and read by nobody twice"
  )
  func lateTwin() {
    let (tester, clientID) = sending("once")
    tester.settle(where: Self.isSend, .sent(own(400, "", "").id))
    poll(tester, [own(900, "once", clientID), own(400, "once", clientID)])
    let isTwinsDeletion: (Effect.Action) -> Bool = {
      if case .delete(.release, ChatMessageID("1795255200900"), _) = $0 { true } else { false }
    }
    tester.settle(where: isTwinsDeletion, .done)
    #expect(states(tester) == [])
    #expect(tester.state.conversations[.release]?.messages.last?.deletedOn != nil)
    // The list still shows the twin, deleted: that is the end of it.
    var tombstone = own(900, "", clientID)
    tombstone.deletedOn = .start
    poll(tester, [tombstone])
    #expect(tester.state.ledger.ids(where: isTwinsDeletion) == [])
  }

  @Test("a refused message says why; Alt-R sends it again, Alt-T takes it back")
  func refused() {
    let (tester, _) = sending("no")
    tester.settle(where: Self.isSend, .failed(ServiceError(.forbidden, "Not allowed.")))
    #expect(states(tester) == [.failed(reason: "Not allowed.")])
    tester.press("M-r")
    tester.settle(where: Self.isSend, .failed(ServiceError(.forbidden, "Not allowed.")))
    tester.press("M-t")
    #expect(tester.state.composer.text == "no")
    #expect(states(tester) == [])
  }

  @Test("a twin of an earlier run is deleted; a name that is used again another day makes none")
  func twinOfEarlierRun() {
    let tester = FlowTester.signedIn()
    let before = tester.state.outbox[.release].count
    poll(tester, [own(900, "once", "x"), own(400, "once", "x")])
    let isDeletion: (Effect.Action) -> Bool = {
      if case .delete = $0 { true } else { false }
    }
    #expect(tester.state.ledger.ids(where: isDeletion).count == 1)
    tester.settle(where: isDeletion, .done)
    #expect(
      tester.state.conversations[.release]?.messages.map { $0.deletedOn == nil } == [true, false])
    let dayLater: Int64 = 86_400_000
    poll(tester, [own(dayLater, "again", "x")])
    #expect(tester.state.ledger.ids(where: isDeletion) == [])
    #expect(tester.state.outbox[.release].count == before)
  }

  @Test("ids at the ends of all numbers are no twins, and no trouble")
  func twinsFarApart() {
    let tester = FlowTester.signedIn()
    let ends = [Int64.max, .min].map { place in
      var message = own(0, "far", "x")
      message.id = ChatMessageID(String(place))
      return message
    }
    for messages in [ends, ends.reversed()] { poll(tester, messages) }
    let isDeletion: (Effect.Action) -> Bool = {
      if case .delete = $0 { true } else { false }
    }
    #expect(tester.state.ledger.ids(where: isDeletion) == [])
  }

  @Test("a message that is taken back does not take the place of what is being written")
  func takenBackWhileWriting() {
    let (tester, _) = sending("no")
    tester.settle(where: Self.isSend, .failed(ServiceError(.forbidden, "Not allowed.")))
    tester.type("something else")
    tester.press("M-t")
    #expect(tester.state.composer.text == "something else")
    #expect(states(tester) == [.failed(reason: "Not allowed.")])
    tester.press("C-u")
    tester.press("M-t")
    #expect(tester.state.composer.text == "no")
  }

  @Test("a refused message holds up no other")
  func refusedAmongOthers() {
    let (tester, _) = sending("no")
    tester.settle(where: Self.isSend, .failed(ServiceError(.refused, "Too long.")))
    tester.type("yes")
    let effects = tester.step(.keyPressed(KeyPress(.enter)))
    #expect(effects.contains { if case .send(_, _, "yes") = $0 { true } else { false } })
  }

  @Test("thirty messages at once are spread so that the service's limits are not hit by ourselves")
  func pace() {
    let tester = FlowTester.signedIn()
    var sentOn: [Timestamp] = []
    for number in 0..<40 {
      tester.type("\(number)")
      tester.press("Enter")
    }
    while sentOn.count < 40, tester.now - .start < .seconds(300) {
      while tester.state.ledger.ids(where: Self.isSend) != [] {
        sentOn.append(tester.now)
        tester.settle(
          where: Self.isSend, .sent(ChatMessageID("\(1_795_255_200_000 + sentOn.count)")))
      }
      for id in tester.state.ledger.ids(where: {
        if case .listMessages = $0 { true } else { $0 == .listThreads(next: nil) }
      }) {
        tester.step(.finished(id, .failed(ServiceError(.cancelled, ""))))
      }
      tester.toDeadline()
    }
    #expect(sentOn.count == 40)
    for first in sentOn {
      #expect(sentOn.count { $0 >= first && $0 - first < .seconds(10) } <= 10)
      #expect(sentOn.count { $0 >= first && $0 - first < .seconds(60) } <= 30)
    }
    #expect((sentOn.last ?? .epoch) - .start < .seconds(70))
  }

  @Test("a throttled message waits as long as it is told, and other threads go on")
  func throttled() {
    let (tester, clientID) = sending("slow")
    tester.settle(
      where: Self.isSend, .failed(ServiceError(.throttled, "Slow down.", retryAfter: .seconds(7))))
    #expect(tester.state.connection.problem == nil)
    #expect(tester.state.outbox[.release].first?.dueOn == .start + .seconds(7))
    tester.wait(.seconds(7))
    #expect(
      tester.step(.clockAdvanced).contains(.send(.release, clientID: clientID, text: "slow")))
  }

  @Test("an edit waits for the service, too, and shows already; a later one takes its place")
  func edits() {
    let own = message(0, "helo", from: .alice)
    let tester = FlowTester.signedIn(messages: [own])
    tester.press("Up", "Left", "l", "Enter")
    let isEdit: (Effect.Action) -> Bool = { if case .edit = $0 { true } else { false } }
    tester.settle(where: isEdit, .failed(ServiceError(.unreachable, "Away.")))
    tester.press("Up")
    tester.type("!")
    tester.press("Enter")
    #expect(tester.state.outbox[.release].count == 1)
    let area = ScreenLayout(tester.state).messages ?? Area(column: 0, row: 0, columns: 0, rows: 0)
    let shown = tester.state.visibleRows(in: area).last
    guard case .message(let row) = shown else {
      Issue.record("no message is shown")
      return
    }
    #expect(row.text == "helo!")
    #expect(row.mark == .queued)
  }

  @Test("deleting what somebody else's copy of us deleted already is done")
  func deletedAlready() {
    let own = message(0, "oops", from: .alice)
    let tester = FlowTester.signedIn(messages: [own])
    tester.press("Tab", "d", "y")
    tester.settle(
      where: { if case .delete = $0 { true } else { false } },
      .failed(ServiceError(.notFound, "No such message.")))
    #expect(states(tester) == [])
    #expect(tester.state.conversations[.release]?.messages.first?.deletedOn != nil)
  }
}
