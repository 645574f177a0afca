import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

@Suite("What a person does to a thread")
struct ThreadCommandTests {
  private static let addressed = Person(identifier: .carol, displayName: "Carol")

  private func standing(_ tester: FlowTester) -> ThreadStanding? {
    tester.state.threads.entry(.release)?.standing
  }

  @Test("a pinned thread stays at the top, whatever arrives elsewhere")
  func pin() {
    let tester = FlowTester.signedIn()
    tester.press("M-Down", "M-p")
    #expect(tester.state.threads.entries.first?.thread.id == .lunch)
    #expect(tester.state.notice?.message == .information("Lunch: pinned."))
    tester.press("M-p")
    #expect(tester.state.threads.entries.first?.thread.id == .release)
  }

  @Test("muting is kept, and the selected thread is meant while the list has the focus")
  func mute() {
    let tester = FlowTester.signedIn()
    tester.press("S-Tab", "Down", "M-q")
    #expect(tester.state.threads.entry(.lunch)?.isMuted == true)
    #expect(tester.state.threads.entry(.release)?.isMuted == false)
    tester.press("M-q")
    #expect(tester.state.threads.entry(.lunch)?.isMuted == false)
  }

  @Test("leaving asks first, is asked of the service once, and keeps what is here to be read")
  func leave() {
    let tester = FlowTester.signedIn(messages: [message(0, "hello")])
    tester.press("M-x")
    #expect(tester.state.interface.pane == .question(.leave(.release)))
    tester.press("Esc")
    #expect(tester.state.interface.pane == nil)
    #expect(standing(tester) == .member)
    tester.press("M-x", "y", "M-x", "y")
    let leave = Effect.Action.removeParticipant(.release, .alice)
    #expect(tester.state.ledger.ids { $0 == leave }.count == 1)
    tester.settle(where: { $0 == leave }, .done)
    #expect(standing(tester) == .left)
    #expect(tester.state.readOnlyReason == "You left this thread.")
    #expect(tester.state.conversations[.release]?.messages.count == 1)
  }

  @Test("a thread that was left is not asked for, opened or not, and nothing spins")
  func leftIsQuiet() {
    let tester = FlowTester.signedIn(messages: [message(0, "hello")])
    tester.press("M-x", "y")
    tester.settle(where: { $0 == .removeParticipant(.release, .alice) }, .done)
    tester.press("M-Down", "M-Up")
    #expect(tester.state.threads.open == .release)
    for _ in 0..<30 {
      for effect in tester.toDeadline() {
        if case .listMessages(.release, _) = effect { Issue.record("it was read") }
        #expect(effect != .listParticipants(.release))
      }
      for entry in tester.state.ledger.entries {
        if case .listThreads = entry.action {
          tester.step(.finished(entry.id, .threads(Page(values: [FlowTester.threads[1]]))))
        }
      }
    }
    #expect(tester.now - .start > .seconds(60))
    #expect(standing(tester) == .left)
  }

  @Test("a list that was read before the leaving does not bring the thread back")
  func staleList() {
    let tester = FlowTester.signedIn()
    tester.press("M-x", "y")
    tester.wait(.seconds(15))
    tester.step(.clockAdvanced)
    let stale = tester.state.ledger.ids { $0 == .listThreads(next: nil) }
    #expect(stale.count == 1)
    let effects = tester.settle(
      where: { $0 == .removeParticipant(.release, .alice) }, .done)
    #expect(effects.contains(.cancel(stale[0])))
    tester.step(.finished(stale[0], .threads(Page(values: FlowTester.threads))))
    #expect(standing(tester) == .left)
    tester.settle(
      where: { $0 == .listThreads(next: nil) }, .threads(Page(values: [FlowTester.threads[1]])))
    #expect(standing(tester) == .left)
  }

  @Test(
    "leaving a thread that one is out of already counts as done, a refusal says why",
    arguments: [(ServiceError.Code.notFound, ThreadStanding.left), (.forbidden, .member)])
  func leaveFails(code: ServiceError.Code, expected: ThreadStanding) {
    let tester = FlowTester.signedIn()
    tester.press("M-x", "y")
    tester.settle(
      where: { $0 == .removeParticipant(.release, .alice) },
      .failed(ServiceError(code, "The service says no.")))
    #expect(standing(tester) == expected)
    if expected == .member {
      #expect(tester.state.notice?.message == .failure("Release room: The service says no."))
    }
  }

  @Test("only a thread that was left can be forgotten; it goes with its messages and its outbox")
  func forget() {
    let tester = FlowTester.signedIn(messages: [message(0, "hello")])
    tester.press("S-Tab", "Delete")
    #expect(tester.state.interface.pane == nil)
    #expect(
      tester.state.notice?.message == .failure("You are in this thread; Alt-X leaves it."))
    tester.press("M-x", "y")
    tester.settle(where: { $0 == .removeParticipant(.release, .alice) }, .done)
    tester.press("Delete")
    #expect(tester.state.interface.pane == .question(.forget(.release)))
    tester.press("y")
    #expect(tester.state.threads.entry(.release) == nil)
    #expect(tester.state.conversations[.release] == nil)
    #expect(tester.state.threads.open == nil)
    #expect(tester.state.threads.selected == .lunch)
    tester.press("Enter")
    #expect(tester.state.threads.open == .lunch)
  }

  @Test("a new topic is saved once, shown at once, and a refusal keeps the dialog and its text")
  func rename() {
    let tester = FlowTester.signedIn()
    tester.press("M-e")
    tester.type("!")
    tester.press("Enter", "Enter")
    let update = Effect.Action.updateTopic(.release, topic: "Release room!")
    #expect(tester.state.ledger.ids { $0 == update }.count == 1)
    tester.settle(where: { $0 == update }, .failed(ServiceError(.forbidden, "Not you.")))
    #expect(tester.state.renaming?.problem == "Not you.")
    #expect(tester.state.renaming?.topic.text == "Release room!")
    tester.press("Enter")
    tester.settle(where: { $0 == update }, .done)
    #expect(tester.state.interface.pane == nil)
    #expect(tester.state.threads.entry(.release)?.thread.topic == "Release room!")
    tester.press("M-e", "C-u", "Enter")
    #expect(tester.state.renaming?.problem == "A topic needs at least one letter.")
    tester.press("Esc")
    #expect(tester.state.renaming == nil)
  }

  @Test("a field is cleared as a whole, wherever the cursor is")
  func clearField() {
    let tester = FlowTester.signedIn()
    tester.press("M-e")
    tester.press("C-u")
    tester.type("Toipc")
    tester.press("Left", "Left", "C-u")
    tester.type("Topic")
    #expect(tester.state.renaming?.topic.text == "Topic")
  }

  @Test("a topic is what the service takes: up to 250 characters")
  func longTopic() {
    let tester = FlowTester.signedIn()
    tester.press("M-e")
    tester.step(.pasted(String(repeating: "x", count: 250)))
    tester.press("Enter")
    #expect(tester.state.renaming?.problem == "A topic has at most 250 characters.")
    #expect(!tester.state.ledger.contains { if case .updateTopic = $0 { true } else { false } })
  }

  @Test(
    "somebody found by name is added once and is there at once, also when an event tells it too")
  func add() {
    let tester = FlowTester.signedIn()
    tester.press("M-w")
    tester.type("ca")
    tester.settle(where: { $0 == .findPeople("c") }, .people([]))
    tester.settle(where: { $0 == .findPeople("ca") }, .people([Self.addressed]))
    tester.press("Enter", "Enter")
    let carol = ChatParticipant(identifier: .carol, displayName: "Carol")
    let add = Effect.Action.addParticipants(.release, [carol])
    #expect(tester.state.ledger.ids { $0 == add }.count == 1)
    let told = ChatEvent.participantsAdded(
      ThreadChange(thread: .release, initiator: .alice, changedOn: .start, version: 9), [carol])
    tester.step(.chatSignalled(.event(told)))
    tester.settle(where: { $0 == add }, .done)
    #expect(tester.state.members(of: .release).map(\.identifier) == [.alice, .bob, .carol])
    tester.step(.pasted(CommunicationIdentifier.carol.rawID))
    tester.press("Enter")
    #expect(tester.state.people?.problem == "Carol is in the thread already.")
  }

  @Test("a refusal to add somebody is told in the pane")
  func addRefused() {
    let tester = FlowTester.signedIn()
    tester.press("F4")
    tester.step(.pasted(CommunicationIdentifier.carol.rawID))
    tester.press("Enter")
    tester.settle(
      where: { if case .addParticipants = $0 { true } else { false } },
      .failed(ServiceError(.refused, "The identity does not exist.")))
    #expect(tester.state.people?.problem == "The identity does not exist.")
    #expect(tester.state.members(of: .release).count == 2)
  }

  @Test("the selected person is removed after a question, and the pane stays")
  func remove() {
    let tester = FlowTester.signedIn()
    tester.press("M-w", "Down", "Delete")
    #expect(tester.state.interface.pane == .question(.remove(.bob, from: .release)))
    tester.press("n")
    #expect(tester.state.interface.pane == .people)
    tester.press("Delete", "y")
    #expect(tester.state.interface.pane == .people)
    tester.settle(where: { $0 == .removeParticipant(.release, .bob) }, .done)
    #expect(tester.state.members(of: .release).map(\.identifier) == [.alice])
    #expect(tester.state.people?.selection == 0)
    tester.press("Delete")
    #expect(tester.state.interface.pane == .question(.leave(.release)))
  }

  @Test("the next thread with something new is opened, muted ones last")
  func nextUnread() {
    let tester = FlowTester.signedIn()
    tester.press("M-u")
    #expect(tester.state.threads.open == .release)
    #expect(tester.state.notice?.message == .information("Nothing new in other threads."))
    tester.step(.chatSignalled(.event(.messageReceived(.lunch, message(2000, "Soup?")))))
    tester.press("M-u")
    #expect(tester.state.threads.open == .lunch)
    #expect(tester.state.conversations[.lunch]?.leftOff == .start - .seconds(60))
  }

  @Test("what came while nobody looked is marked, counted, and gone to")
  func jump() {
    let tester = FlowTester.signedIn(messages: (0..<5).map { message($0 * 1000, "old \($0)") })
    tester.step(.focusChanged(isFocused: false))
    for number in 1...60 {
      tester.step(
        .chatSignalled(
          .event(.messageReceived(.release, message(Int64(number) * 60_000, "new \(number)")))))
    }
    #expect(tester.state.threads.entry(.release)?.unreadCount == 60)
    tester.step(.focusChanged(isFocused: true))
    #expect(tester.state.threads.entry(.release)?.unreadCount == 0)
    tester.press("M-j")
    guard let area = ScreenLayout(tester.state).messages else {
      Issue.record("there is no room for messages")
      return
    }
    #expect(tester.state.visibleRows(in: area).first == .unread)
    tester.type("ok")
    tester.press("Enter", "M-j")
    #expect(tester.state.notice?.message == .information("Nothing new above."))
  }

  @Test("of a burst of messages the first and the last are receipted, and none while nobody looks")
  func receipts() {
    let tester = FlowTester.signedIn()
    var receipts: [Effect.Action] = []
    func note(_ effects: [Effect.Action]) {
      receipts += effects.filter { if case .sendReadReceipt = $0 { true } else { false } }
    }
    for number in 1...30 {
      note(
        tester.step(
          .chatSignalled(.event(.messageReceived(.release, message(Int64(number), "x"))))))
    }
    #expect(receipts == [.sendReadReceipt(.release, message(1, "x").id)])
    tester.wait(.seconds(2))
    note(tester.step(.clockAdvanced))
    #expect(receipts.last == .sendReadReceipt(.release, message(30, "x").id))
    #expect(receipts.count == 2)
    tester.step(.focusChanged(isFocused: false))
    tester.wait(.seconds(5))
    note(
      tester.step(.chatSignalled(.event(.messageReceived(.release, message(6000, "unseen"))))))
    #expect(receipts.count == 2)
  }

  @Test("a receipt that was not taken goes again, one that was refused does not")
  func receiptFails() {
    let tester = FlowTester.signedIn()
    tester.step(.chatSignalled(.event(.messageReceived(.release, message(1, "x")))))
    let receipt = Effect.Action.sendReadReceipt(.release, message(1, "x").id)
    tester.settle(where: { $0 == receipt }, .failed(ServiceError(.timedOut, "Slow.")))
    tester.wait(.seconds(15))
    #expect(tester.step(.clockAdvanced).contains(receipt))
    tester.settle(where: { $0 == receipt }, .failed(ServiceError(.forbidden, "No.")))
    tester.wait(.seconds(30))
    #expect(!tester.step(.clockAdvanced).contains(receipt))
  }

  @Test("the others are told of typing at most every 8 s, and not of what is edited")
  func typing() {
    let tester = FlowTester.signedIn()
    var told = 0
    for _ in 0..<40 {
      tester.wait(.milliseconds(500))
      told += tester.step(.keyPressed(KeyPress(.character("x")))).count {
        $0 == .sendTyping(.release)
      }
    }
    #expect(told == 3)
  }

  @Test("trouble is tried again at once by one key, whatever the trouble is")
  func tryNow() {
    let tester = FlowTester.signedIn(gateway: false)
    tester.wait(.seconds(15))
    tester.step(.clockAdvanced)
    tester.settle(
      where: { $0 == .listThreads(next: nil) }, .failed(ServiceError(.unreachable, "Down.")))
    #expect(!tester.state.ledger.contains { $0 == .listThreads(next: nil) })
    tester.press("M-n")
    #expect(tester.state.ledger.contains { $0 == .listThreads(next: nil) })
    #expect(!tester.state.isRenewing)
  }
}

@Suite("Notices")
struct NoticeQueueTests {
  @Test("news take the place of news at once; a failure is read first, and failures wait in turn")
  func order() {
    var queue = NoticeQueue()
    queue.add(.information("one"), at: .start)
    queue.add(.information("two"), at: .start)
    #expect(queue.shown?.message == .information("two"))
    queue.add(.failure("three"), at: .start)
    #expect(queue.shown?.message == .failure("three"))
    queue.add(.failure("four"), at: .start)
    queue.add(.failure("four"), at: .start)
    queue.add(.information("five"), at: .start)
    #expect(queue.shown?.message == .failure("three"))
    #expect(queue.waiting == [.failure("four"), .information("five")])
    queue.advance(to: .start + .seconds(4))
    #expect(queue.shown?.message == .failure("four"))
    queue.advance(to: .start + .seconds(8))
    #expect(queue.shown?.message == .information("five"))
    queue.advance(to: .start + .seconds(16))
    #expect(queue.shown == nil)
  }

  @Test("however much fails, little waits")
  func bounded() {
    var queue = NoticeQueue()
    for number in 0..<1000 { queue.add(.failure("\(number)"), at: .start) }
    #expect(queue.waiting.count == NoticeQueue.limit)
    #expect(queue.waiting.last == .failure("999"))
  }

  @Test("a thread that was shown while nobody looked is seen once it is opened by its key")
  func openedWhileOpen() {
    let tester = FlowTester.settled()
    tester.step(.focusChanged(isFocused: false))
    tester.happens(.messageReceived(.release, message(9000, "hello")))
    #expect(tester.state.threads.entry(.release)?.isUnread == true)
    tester.press("S-Tab", "Enter")
    #expect(tester.state.threads.open == .release)
    #expect(tester.state.threads.entry(.release)?.isUnread == false)
    #expect(tester.state.threads.entry(.release)?.unreadCount == 0)
  }
}
