import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

@Suite("What is being written")
struct DraftFlowTests {
  private static let isSave: @Sendable (Effect.Action) -> Bool = {
    if case .save = $0 { true } else { false }
  }
  private let world = KeptWorld()

  private func client() -> FlowTester {
    world.fill(.release, count: 3)
    world.fill(.lunch, count: 3, from: -100_000)
    let own = message(-500, "mine", from: .alice)
    world.post(own, in: .release)
    return world.client()
  }

  @Test("each thread keeps its own text, from thread to thread and over a restart")
  func drafts() {
    let tester = client()
    #expect(tester.state.threads.open == .release)
    tester.type("to the release")
    tester.press("M-Down")
    #expect(tester.state.composer.isEmpty)
    tester.type("to lunch")
    tester.press("M-Up")
    #expect(tester.state.composer.text == "to the release")
    tester.press("M-Down")
    #expect(tester.state.composer.text == "to lunch")
    tester.pass(.seconds(2), world.answer)
    let again = world.client()
    let first = again.state.threads.open == .release ? "to the release" : "to lunch"
    #expect(again.state.composer.text == first)
    again.press("M-Down")
    #expect(Set([first, again.state.composer.text]) == ["to the release", "to lunch"])
  }

  @Test("who leaves at once finds what they were writing; the disk is waited for, but not for ever")
  func leaving() {
    let tester = client()
    tester.pass(.seconds(2), world.answer)
    tester.type("to the release")
    let quit = KeyPress(chord: "C-q").map(Event.keyPressed)
    let asked = quit.map(tester.step) ?? []
    #expect(asked.contains(where: Self.isSave))
    #expect(!asked.contains(.quit))
    let save = tester.state.ledger.entries.map(\.action).first(where: Self.isSave)
    let kept = save.flatMap(world.answer) ?? .done
    #expect(tester.settle(where: Self.isSave, kept).contains(.quit))
    #expect(world.client().state.composer.text == "to the release")
    let stuck = client()
    stuck.pass(.seconds(2), world.answer)
    stuck.type(" for a disk that hangs")
    stuck.press("C-q")
    #expect(stuck.state.nextDeadline.map { $0 - stuck.now <= .seconds(1) } == true)
    stuck.wait(.seconds(1))
    #expect(stuck.step(.clockAdvanced).contains(.quit))
  }

  @Test("a draft that was sent or emptied is gone, after a restart, too", arguments: [true, false])
  func settled(isSent: Bool) {
    let tester = client()
    tester.type("to the release")
    tester.pass(.seconds(2), world.answer)
    #expect(world.history.threads.contains { $0.draft == "to the release" })
    if isSent { tester.press("Enter") } else { tester.press("C-u") }
    tester.pass(.seconds(2), world.answer)
    #expect(!world.history.threads.contains { $0.draft == "to the release" })
    #expect(world.client().state.composer.isEmpty)
  }

  @Test("a draft is written to the disk once a second at most")
  func pace() {
    let tester = client()
    var saves = 0
    for number in 0..<100 {
      tester.type("\(number % 10)")
      let asked = tester.pass(.milliseconds(100), world.answer)
      saves += asked.count {
        guard case .save(let changes) = $0 else { return false }
        return changes.contains { if case .draft = $0 { true } else { false } }
      }
    }
    #expect((8...11).contains(saves), "\(saves) in ten seconds")
  }

  @Test(
    "an edit in progress is there again when the person comes back, and so is the draft below it")
  func edit() {
    let tester = client()
    tester.type("half a thought")
    tester.press("Tab", "Up", "Down")
    let own = tester.state.conversations[.release]?.messages.last?.id
    #expect(tester.state.conversations[.release]?.selected == own)
    tester.press("e")
    #expect(tester.state.composer.editing == own)
    tester.type(" indeed")
    tester.press("Left", "Left")
    let before = tester.state.composer
    tester.press("M-Down")
    #expect(tester.state.composer.editing == nil)
    #expect(tester.state.composer.isEmpty)
    tester.type("to lunch")
    tester.press("M-Up")
    #expect(tester.state.composer == before)
    #expect(tester.state.composer.text == "mine indeed")
    // Given up, the text from before stands there.
    tester.press("Esc")
    if tester.state.composer.editing != nil { tester.press("C-c") }
    #expect(tester.state.composer.text == "half a thought")
    tester.press("M-Down", "M-Up")
    #expect(tester.state.composer.editing == nil)
    #expect(tester.state.composer.text == "half a thought")
  }

  @Test("what was written, or cleared, just before an edit began is kept")
  func draftBeforeEdit() {
    let tester = client()
    tester.type("half a thought")
    tester.press("Tab", "e")
    #expect(tester.state.composer.editing != nil)
    tester.answer(world.answer)
    #expect(world.drafts[.release] == "half a thought")
    tester.press("Esc")
    if tester.state.composer.editing != nil { tester.press("C-c") }
    tester.press("C-e", "C-u", "Tab", "e")
    tester.answer(world.answer)
    #expect(world.drafts[.release] == "")
  }

  @Test(
    "a draft that an edit set aside is there again once the edit was sent, after a restart, too")
  func draftBesideEdit() {
    let tester = client()
    tester.pass(.seconds(2), world.answer)
    tester.type("a draft")
    tester.press("Tab")
    for _ in 0..<5 where tester.state.composer.editing == nil {
      tester.press("e")
      if tester.state.composer.editing == nil { tester.press("Up") }
    }
    #expect(tester.state.composer.text == "mine")
    tester.type(" indeed")
    tester.press("Enter")
    #expect(tester.state.composer.text == "a draft")
    #expect(tester.state.composer.editing == nil)
    tester.pass(.seconds(2), world.answer)
    #expect(world.client().state.composer.text == "a draft")
    tester.press("Enter")
    #expect(tester.state.composer.isEmpty)
    tester.pass(.seconds(2), world.answer)
    #expect(world.client().state.composer.isEmpty)
  }

  @Test("an edit that was left and then sent edits, and is not there again")
  func editSent() {
    let tester = client()
    tester.press("Tab")
    tester.press("e")
    tester.type("!")
    tester.press("M-Down", "M-Up", "Enter")
    #expect(
      tester.state.outbox[.release].contains {
        if case .edit(_, let text) = $0.record.intent { text == "mine!" } else { false }
      })
    tester.press("M-Down", "M-Up")
    #expect(tester.state.composer == Composer())
  }

  @Test("why a thread is read-only is known after a restart")
  func readOnly() {
    let tester = client()
    let change = ThreadChange(
      thread: .release, initiator: .bob, changedOn: .start, version: 9_000_000_000_000)
    tester.happens(
      .participantsRemoved(change, [ChatParticipant(identifier: .alice, displayName: "Alice")]))
    tester.answer(world.answer)
    let reason = tester.state.readOnlyReason
    #expect(reason == "Bob removed you from this thread.")
    world.isReachable = false
    let again = world.client()
    for _ in 0..<2 where again.state.threads.open != .release { again.press("M-Down") }
    #expect(again.state.readOnlyReason == reason)
  }
}
