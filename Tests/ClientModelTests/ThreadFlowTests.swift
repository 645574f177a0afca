import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

@Suite("Threads")
struct ThreadFlowTests {
  @Test("the first reading opens the newest thread, reads it and its people")
  func firstReading() {
    let tester = FlowTester(.sample(hasGateway: false))
    tester.step(.started)
    tester.settle(where: { $0 == .renewToken }, .session(.sample()))
    tester.finish(
      .listThreads(next: nil), .threads(Page(values: FlowTester.threads)),
      effects: [.listMessages(.release, .newest), .listParticipants(.release)]
    ) {
      $0.threads.take(FlowTester.threads, isLast: true)
      $0.threads.open = .release
      $0.threads.selected = .release
      $0.conversations[.release] = Conversation()
      $0.conversations[.release]?.newestAsked = HistoryWalk.Beginning(breaks: 0, on: tester.now)
      $0.kept.windows.note(.release)
      $0.interface.focus = .composer
      $0.connection.listDueOn = tester.now + .seconds(15)
      $0.connection.openThreadDueOn = tester.now
      $0.connection.fullPageDueOn = tester.now + .seconds(15)
      $0.connection.lastAnswerOn = tester.now
    }
  }

  @Test("all pages of the list are read before the next poll is due")
  func pages() {
    let tester = FlowTester(.sample(hasGateway: false))
    tester.step(.started)
    tester.settle(where: { $0 == .renewToken }, .session(.sample()))
    let effects = tester.settle(
      where: { $0 == .listThreads(next: nil) },
      .threads(Page(values: [FlowTester.threads[0]], nextLink: "next")))
    #expect(effects == [.listThreads(next: "next")])
    tester.settle(
      where: { $0 == .listThreads(next: "next") },
      .threads(Page(values: [FlowTester.threads[1]])))
    #expect(tester.state.threads.entries.map(\.thread.id) == [.release, .lunch])
  }

  @Test("a deleted thread stays to be read, and the person is told when it was open")
  func deletedThread() {
    let tester = FlowTester.signedIn()
    tester.wait(.seconds(15))
    tester.step(.clockAdvanced)
    var gone = FlowTester.threads
    gone[0].deletedOn = .start
    tester.settle(where: { $0 == .listThreads(next: nil) }, .threads(Page(values: gone)))
    #expect(tester.state.threads.entry(.release)?.standing == .deleted)
    #expect(tester.state.readOnlyReason == "This thread was deleted.")
    #expect(tester.state.notice?.message == .information("This thread was deleted."))
  }

  @Test("a thread with a newer message is unread until it is opened")
  func unread() {
    let tester = FlowTester.signedIn()
    tester.wait(.seconds(15))
    tester.step(.clockAdvanced)
    var newer = FlowTester.threads
    newer[1].lastMessageReceivedOn = .start + .seconds(14)
    tester.settle(where: { $0 == .listThreads(next: nil) }, .threads(Page(values: newer)))
    #expect(tester.state.threads.entries.first?.thread.id == .lunch)
    #expect(tester.state.threads.entry(.lunch)?.isUnread == true)
    tester.press("M-Up")
    #expect(tester.state.threads.open == .lunch)
    #expect(tester.state.threads.entry(.lunch)?.isUnread == false)
  }

  @Test("without any thread the list is read at the fast pace, and the first one is selected")
  func firstThreadArrives() {
    let tester = FlowTester(.sample(hasGateway: false))
    tester.step(.started)
    tester.settle(where: { $0 == .renewToken }, .session(.sample()))
    tester.settle(where: { $0 == .listThreads(next: nil) }, .threads(Page(values: [])))
    #expect(tester.toDeadline() == [.listThreads(next: nil)])
    #expect(tester.now - .start <= .seconds(2))
    tester.settle(
      where: { $0 == .listThreads(next: nil) }, .threads(Page(values: FlowTester.threads)))
    #expect(tester.state.threads.selected == .release)
    #expect(tester.state.threads.open == nil)
    tester.press("Enter")
    #expect(tester.state.threads.open == .release)
  }

  @Test("drafts stay with their thread")
  func drafts() {
    let tester = FlowTester.signedIn()
    tester.type("half a")
    tester.press("M-Down")
    #expect(tester.state.composer.isEmpty)
    tester.type("lunch?")
    tester.press("M-Up")
    #expect(tester.state.composer.text == "half a")
    tester.press("M-Down")
    #expect(tester.state.composer.text == "lunch?")
  }

  @Test("a new thread: topic, a person by name, another by id, then it opens")
  func newThread() {
    let tester = FlowTester.signedIn()
    tester.press("C-n")
    #expect(tester.state.interface.pane == .newThread)
    tester.type("Ship it")
    tester.press("Enter")
    tester.type("bo")
    let bob = Person(identifier: .bob, displayName: "Bob")
    let alice = Person(identifier: .alice, displayName: "Alice")
    tester.settle(where: { $0 == .findPeople("") }, .people([]))
    tester.settle(where: { $0 == .findPeople("bo") }, .people([alice, bob]))
    #expect(tester.state.newThread?.found == [bob])
    tester.press("Enter")
    tester.step(.pasted(CommunicationIdentifier.carol.rawID + "\n"))
    tester.press("Enter")
    #expect(
      tester.state.newThread?.chosen == [bob, Person(identifier: .carol, displayName: "")])
    tester.press("Enter")
    guard let requestID = tester.state.newThread?.requestID else {
      Issue.record("no dialog")
      return
    }
    let create = Effect.Action.createThread(
      topic: "Ship it",
      participants: [
        ChatParticipant(identifier: .bob, displayName: "Bob"),
        ChatParticipant(identifier: .carol, displayName: ""),
        ChatParticipant(identifier: .alice, displayName: "Alice"),
      ], requestID: requestID)
    let thread = ChatThread(id: ChatThreadID("19:new@thread.v2"), topic: "Ship it")
    tester.settle(where: { $0 == create }, .thread(thread))
    #expect(tester.state.interface.pane == nil)
    #expect(tester.state.threads.open == thread.id)
  }

  @Test("a refused thread keeps the dialog, its text and its request id")
  func refusedThread() {
    let tester = FlowTester.signedIn()
    tester.press("C-n")
    tester.type("T")
    tester.press("Enter")
    tester.step(.pasted(CommunicationIdentifier.carol.rawID))
    tester.press("Enter", "C-s")
    let requestID = tester.state.newThread?.requestID
    tester.settle(
      where: { if case .createThread = $0 { true } else { false } },
      .failed(ServiceError(.refused, "Identifier format is invalid.")))
    #expect(tester.state.newThread?.problem == "Identifier format is invalid.")
    #expect(tester.state.newThread?.topic.text == "T")
    #expect(tester.state.newThread?.requestID == requestID)
    tester.press("Esc")
    #expect(tester.state.newThread == nil)
  }
}
