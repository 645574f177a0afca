import ACSTypes
import Testing

@testable import ClientModel

@Suite("What people are called")
struct NameFlowTests {
  private let world = KeptWorld()

  private func written(_ offset: Int64, as name: String) -> ChatMessage {
    var one = message(offset, "hello", from: .carol)
    one.senderDisplayName = name
    return one
  }

  private func contactChanges(_ actions: [Effect.Action]) -> Int {
    actions.reduce(0) { count, action in
      guard case .save(let changes) = action else { return count }
      return count + changes.count { if case .contact = $0 { true } else { false } }
    }
  }

  /// One thing happens and is saved; gives how many names were written to the disk.
  private func written(after event: ChatEvent, _ tester: FlowTester) -> Int {
    tester.happens(event)
    return contactChanges(tester.answer(world.answer))
  }

  @Test("the ladder: the event, the roster, the directory, what is kept here, a short id")
  func ladder() {
    var state = ClientState.sample()
    let carol = CommunicationIdentifier.carol
    func name(given: String = "") -> String { state.name(of: carol, in: .release, given: given) }
    #expect(name() == carol.shortForm)
    state.contacts[carol] = "kept"
    #expect(name() == "kept")
    state.directoryNames[carol] = "directory"
    #expect(name() == "directory")
    var conversation = Conversation()
    conversation.participants = [ChatParticipant(identifier: carol, displayName: "roster")]
    state.conversations[.release] = conversation
    #expect(name() == "roster")
    #expect(name(given: "event") == "event")
    // A roster without a name hides none.
    state.conversations[.release]?.participants[0].displayName = ""
    #expect(name() == "directory")
    #expect(state.name(of: nil, in: .release) == "Somebody")
  }

  @Test(
    "rows of messages and everything else find the same name on each step of the ladder",
    arguments: 0..<5)
  func oneLadder(step: Int) {
    let bare = CommunicationIdentifier.carol
    var state = FlowTester.signedIn(gateway: false).state
    if step > 0 { state.contacts[bare] = "kept" }
    if step > 1 { state.directoryNames[bare] = "directory" }
    if step > 2 {
      state.conversations[.release]?.participants.append(
        ChatParticipant(identifier: bare, displayName: "roster"))
    }
    let given = step > 3 ? "event" : ""
    var one = written(0, as: given)
    one.senderDisplayName = given
    state.conversations[.release]?.put(one)
    let rows = ScreenLayout(state).messages.map { state.visibleRows(in: $0) } ?? []
    let shown = rows.compactMap { row -> String? in
      if case .message(let row) = row { row.name } else { nil }
    }
    #expect(shown == [state.name(of: bare, in: .release, given: given)])
  }

  @Test("a name that came with a message is known after a restart, where nothing else tells one")
  func afterRestart() {
    world.fill(.release, count: 3)
    let tester = world.client(wantsEvents: true)
    tester.happens(.messageReceived(.release, written(1000, as: "Carol")))
    tester.answer(world.answer)
    #expect(world.contacts[.carol] == "Carol")
    let again = world.client()
    #expect(again.state.name(of: .carol, in: .lunch) == "Carol")
    #expect(again.state.name(of: .carol, in: nil) == "Carol")
  }

  @Test("a name is written to the disk when it is new or changed, not with every message")
  func seldomWritten() {
    world.fill(.release, count: 3)
    let tester = world.client(wantsEvents: true)
    #expect(written(after: .messageReceived(.release, written(1000, as: "Carol")), tester) == 1)
    for number in 0..<100 {
      let next = written(2000 + Int64(number), as: "Carol")
      #expect(written(after: .messageReceived(.release, next), tester) == 0)
    }
    #expect(written(after: .messageReceived(.release, written(9000, as: "Caroline")), tester) == 1)
    #expect(tester.state.name(of: .carol, in: nil) == "Caroline")
    // What was said before is told again by pages and edits.
    #expect(written(after: .messageEdited(.release, written(1000, as: "Carol")), tester) == 0)
    #expect(written(after: .messageReceived(.release, written(9500, as: "")), tester) == 0)
    #expect(tester.state.name(of: .carol, in: nil) == "Caroline")
  }

  @Test("who types is known by name, too")
  func typing() {
    world.fill(.release, count: 3)
    let tester = world.client(wantsEvents: true)
    let notice = TypingNotice(sender: .carol, displayName: "Carol", receivedOn: .start)
    #expect(written(after: .typingReceived(.release, notice), tester) == 1)
    #expect(written(after: .typingReceived(.release, notice), tester) == 0)
  }

  @Test("rosters that call somebody differently do not write in turns; one that is changed does")
  func rosters() {
    world.fill(.release, count: 3)
    world.fill(.lunch, count: 3)
    let tester = world.client()
    var names: [ChatThreadID: String] = [.release: "Bob", .lunch: "Robert"]
    var written = 0
    func visit() {
      defer { tester.wait(.seconds(1)) }
      let actions = tester.answer { action in
        if case .listParticipants(let id) = action {
          return .participants([
            ChatParticipant(identifier: .alice, displayName: "Alice"),
            ChatParticipant(identifier: .carol, displayName: names[id]),
          ])
        }
        return world.answer(action)
      }
      written += contactChanges(actions)
    }
    for _ in 0..<10 {
      tester.press("M-Down")
      visit()
    }
    #expect(written == 1)
    let first = tester.state.contacts[.carol]
    #expect(first == "Bob" || first == "Robert")
    #expect(tester.state.name(of: .carol, in: .release) == "Bob")
    #expect(tester.state.name(of: .carol, in: .lunch) == "Robert")
    names[.lunch] = "Bobby"
    for _ in 0..<4 {
      tester.press("M-Down")
      visit()
    }
    #expect(written == 2)
    #expect(tester.state.contacts[.carol] == "Bobby")
    #expect(tester.state.contacts[.alice] == nil, "the user's own name is a setting")
  }
}
