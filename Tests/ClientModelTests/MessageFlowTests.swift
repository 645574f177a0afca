import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

@Suite("Messages")
struct MessageFlowTests {
  private func texts(_ tester: FlowTester) -> [String] {
    tester.state.conversations[.release]?.messages.map { message in
      if case .text(let text) = message.content { text } else { "-" }
    } ?? []
  }

  @Test("what others send is read at most 2 s later")
  func pollingCadence() {
    let tester = FlowTester.signedIn(messages: [message(0, "hello")])
    let effects = tester.toDeadline()
    #expect(tester.now - .start <= .seconds(2))
    let since = Timestamp.start - .seconds(120)
    #expect(effects == [.listMessages(.release, .since(since))])
    tester.settle(
      where: { $0 == .listMessages(.release, .since(since)) },
      .messages(Page(values: [message(900, "news"), message(0, "hello")])))
    #expect(texts(tester) == ["hello", "news"])
  }

  @Test("an idle person is polled for more and more slowly, and a key press makes it fast again")
  func backingOff() {
    let tester = FlowTester.signedIn(messages: [message(0, "hello")])
    tester.press("a")
    #expect(tester.state.cadence.openInterval(sinceActivity: .seconds(299)) == .milliseconds(1800))
    #expect(tester.state.cadence.openInterval(sinceActivity: .seconds(360)) == .milliseconds(3600))
    #expect(tester.state.cadence.openInterval(sinceActivity: .seconds(86_400)) == .seconds(15))
    tester.wait(.seconds(1000))
    tester.step(.clockAdvanced)
    tester.settle(
      where: { if case .listMessages = $0 { true } else { false } },
      .messages(Page(values: [])))
    #expect(tester.state.connection.openThreadDueOn ?? .epoch > tester.now + .seconds(10))
    tester.press("b")
    #expect(tester.state.connection.openThreadDueOn == tester.now)
  }

  @Test("messages come in any order and any number of times, and stand once, by their ids")
  func order() {
    var conversation = Conversation()
    for offset in [5, 1, 3, 1, 9, 5, 7] as [Int64] {
      conversation.put(message(offset, "\(offset)"))
    }
    #expect(
      conversation.messages.map(\.id.place)
        == [1, 3, 5, 7, 9].map { Timestamp.start.milliseconds + $0 })
  }

  @Test("a newer version wins, an older one loses, a deletion beats an edit and stays")
  func versions() {
    let place = Timestamp.start.milliseconds + 5
    var conversation = Conversation()
    conversation.put(message(5, "edited", version: place + 10, edited: true))
    conversation.put(message(5, "first"))
    #expect(conversation.messages.first?.content == .text("edited"))
    conversation.put(message(5, "", version: place + 10, deleted: true))
    conversation.put(message(5, "late edit", version: place + 20, edited: true))
    #expect(conversation.messages.first?.deletedOn != nil)
    #expect(conversation.messages.count == 1)
  }

  @Test("Up in an empty composer edits the newest own message; Esc gives the draft back")
  func edit() {
    let own = message(0, "helo", from: .alice)
    let tester = FlowTester.signedIn(messages: [own, message(100, "hi")])
    tester.press("Up")
    #expect(tester.state.composer.editing == own.id)
    tester.press("Esc")
    #expect(tester.state.composer.isEmpty && tester.state.composer.editing == nil)
    tester.press("Up", "Left", "l", "Enter")
    tester.settle(
      where: {
        if case .edit(.release, own.id, clientID: _, text: "hello") = $0 { true } else { false }
      }, .done)
    #expect(texts(tester) == ["hello", "hi"])
    #expect(tester.state.conversations[.release]?.messages.first?.editedOn != nil)
  }

  @Test("a message of the greatest version of all can be edited")
  func greatestVersion() {
    let own = message(0, "helo", from: .alice, version: .max)
    let tester = FlowTester.signedIn(messages: [own])
    tester.press("Up", "Left", "l", "Enter")
    tester.settle(
      where: { if case .edit = $0 { true } else { false } }, .done)
    #expect(tester.state.conversations[.release]?.version(of: own.id) == .max)
  }

  @Test("an edit's answer that comes after the event of it, or of a later edit, changes nothing")
  func lateAnswerOfEdit() {
    let own = message(0, "helo", from: .alice)
    let tester = FlowTester.signedIn(messages: [own])
    tester.press("Up", "Left", "l", "Enter")
    let later = message(
      0, "from my other device", from: .alice, version: own.version + 20, edited: true)
    tester.step(.chatSignalled(.event(.messageEdited(.release, later))))
    tester.settle(
      where: {
        if case .edit(.release, own.id, clientID: _, text: "hello") = $0 { true } else { false }
      }, .done)
    #expect(texts(tester) == ["from my other device"])
    #expect(tester.state.conversations[.release]?.messages.first?.version == own.version + 20)
  }

  @Test("an own message is deleted after the question, somebody else's never")
  func delete() {
    let own = message(0, "oops", from: .alice)
    let tester = FlowTester.signedIn(messages: [own, message(100, "hi")])
    tester.press("Tab", "d")
    #expect(tester.state.interface.pane == nil)
    #expect(tester.state.notice != nil)
    tester.press("Up", "d", "n")
    #expect(tester.state.ledger.ids { if case .delete = $0 { true } else { false } } == [])
    tester.press("d", "y")
    tester.settle(
      where: { if case .delete(.release, own.id, clientID: _) = $0 { true } else { false } }, .done)
    #expect(tester.state.conversations[.release]?.messages.first?.deletedOn != nil)
  }

  @Test("paging up reads older messages once and keeps the place")
  func olderPages() {
    let newest = (50..<100).map { message($0 * 1000, "m\($0)") }
    let tester = FlowTester.signedIn(messages: newest, older: "http://h/older")
    let older = Effect.Action.listMessages(.release, .older(nextLink: "http://h/older"))
    for _ in 0..<4 { tester.press("PgUp") }
    #expect(tester.state.ledger.ids { $0 == older }.count == 1)
    let area = ScreenLayout(tester.state).messages ?? Area(column: 0, row: 0, columns: 0, rows: 0)
    let before = tester.state.visibleRows(in: area)
    tester.settle(
      where: { $0 == older },
      .messages(Page(values: (0..<50).reversed().map { message($0 * 1000, "m\($0)") })))
    #expect(tester.state.visibleRows(in: area).suffix(5) == before.suffix(5))
    #expect(tester.state.conversations[.release]?.hasBeginning == true)
    #expect(tester.state.conversations[.release]?.messages.count == 100)
  }

  @Test("a read receipt goes out once for each newest message of another, and not for own ones")
  func receipts() {
    let tester = FlowTester.signedIn(messages: [message(0, "hello")])
    #expect(tester.state.conversations[.release]?.receiptSentFor == message(0, "").id)
    let isReceipt: (Effect.Action) -> Bool = {
      if case .sendReadReceipt = $0 { true } else { false }
    }
    tester.toDeadline()
    tester.settle(
      where: { if case .listMessages = $0 { true } else { false } },
      .messages(Page(values: [message(500, "mine", from: .alice)])))
    #expect(tester.state.ledger.ids(where: isReceipt) == [])
  }
}
