import ACSTypes
import KeyInput
import TestKit
import Testing

@testable import ClientModel

@Suite("Paging through a long thread")
struct PagingFlowTests {
  private let world = KeptWorld()

  private static func isReading(_ action: Effect.Action) -> Bool {
    switch action {
    case .loadMessages, .listMessages: true
    default: false
    }
  }

  /// Presses a key and answers all that comes of it; gives what was read.
  @discardableResult
  private func press(_ chord: String, _ tester: FlowTester) -> [Effect.Action] {
    tester.press(chord)
    return tester.answer(world.answer).filter(Self.isReading)
  }

  private func rows(_ tester: FlowTester) -> [ConversationRow] {
    ScreenLayout(tester.state).messages.map { tester.state.visibleRows(in: $0) } ?? []
  }

  @Test("back through what is kept, then through the service's pages, to the beginning")
  func backwards() {
    world.fill(.release, count: 1000)
    let tester = world.client()
    #expect(tester.places() == (800..<1000).map { Int64($0) * 1000 - 1_000_000 })
    var read: [Effect.Action] = []
    for _ in 0..<400 where tester.state.conversations[.release]?.hasBeginning != true {
      read += press("PgUp", tester)
      tester.expectNoHole(in: world)
    }
    #expect(tester.places() == (0..<1000).map { Int64($0) * 1000 - 1_000_000 })
    #expect(tester.state.conversations[.release]?.hasBeginning == true)
    #expect(read.count == 4, "each page once: \(read)")
    // A new run has it all on this machine.
    let again = world.client()
    #expect(again.places().count == 200)
    read = []
    for _ in 0..<400 where again.state.conversations[.release]?.hasBeginning != true {
      read += press("PgUp", again)
    }
    #expect(again.places().count == 1000)
    #expect(
      read.count { if case .listMessages = $0 { true } else { false } } == 4,
      "each page once, for what changed since: \(read)")
  }

  @Test("a run that was left halfway goes on from there, though links do not outlive it")
  func backwardsOverRuns() {
    world.fill(.release, count: 1500)
    let tester = world.client()
    for _ in 0..<400 where tester.places().count < 600 { press("PgUp", tester) }
    let kept = tester.places().count
    let again = world.client()
    for _ in 0..<400 where again.places().count < kept { press("PgUp", again) }
    var rounds = 0
    while again.state.conversations[.release]?.hasBeginning != true, rounds < 1000 {
      rounds += 1
      press("PgUp", again)
      again.pass(.seconds(2), world.answer)
      again.expectNoHole(in: world)
    }
    #expect(again.places().count == 1500)
  }

  @Test("without a network what is kept is paged through, and no further")
  func offline() {
    world.fill(.release, count: 1000)
    let first = world.client()
    for _ in 0..<400 where first.places().count < 600 { press("PgUp", first) }
    world.isReachable = false
    let tester = world.client()
    for _ in 0..<200 { press("PgUp", tester) }
    #expect(tester.places() == (400..<1000).map { Int64($0) * 1000 - 1_000_000 })
    #expect(tester.state.conversations[.release]?.hasBeginning == false)
    world.isReachable = true
    tester.pass(.seconds(120), world.answer)
    for _ in 0..<200 {
      press("PgUp", tester)
      tester.pass(.seconds(1), world.answer)
    }
    #expect(tester.places().count == 1000)
  }

  @Test("a reading under way is not asked for twice")
  func once() {
    world.fill(.release, count: 300)
    let first = world.client()
    for _ in 0..<100 { press("PgUp", first) }
    let tester = world.client()
    tester.state.conversations[.release].map { #expect($0.messages.count == 200) }
    for _ in 0..<40 { tester.press("PgUp") }
    #expect(tester.state.ledger.entries.map(\.action).filter(Self.isReading).count == 1)
  }

  @Test("far back the newest go from memory, are told by nobody as missing, and come back")
  func thereAndBack() {
    world.fill(.release, count: 4000)
    let tester = world.client()
    for _ in 0..<2000 where tester.state.conversations[.release]?.hasBeginning != true {
      press("PgUp", tester)
      #expect(tester.places().count <= 2400)
    }
    tester.expectNoHole(in: world)
    #expect(tester.places().first == -4_000_000)
    #expect(tester.state.conversations[.release]?.isAtEnd == false)
    // What arrives now belongs after messages that are not here.
    world.post(message(5000, "late"), in: .release)
    tester.happens(.messageReceived(.release, message(5000, "late")))
    tester.answer(world.answer)
    #expect(tester.places().last != 5000)
    tester.expectNoHole(in: world)
    var presses = 0
    while tester.state.conversations[.release]?.anchor != .bottom, presses < 2000 {
      presses += 1
      press("PgDn", tester)
      #expect(tester.places().count <= 2400)
    }
    tester.expectNoHole(in: world)
    #expect(tester.places().last == 5000)
    #expect(tester.state.conversations[.release]?.isAtEnd == true)
  }

  @Test("one key goes from far back to the newest message")
  func toTheEnd() {
    world.fill(.release, count: 4000)
    let tester = world.client()
    for _ in 0..<200 { press("PgUp", tester) }
    #expect(tester.state.conversations[.release]?.isAtEnd == false)
    press("M-End", tester)
    #expect(tester.places().last == -1000)
    #expect(tester.state.conversations[.release]?.anchor == .bottom)
    #expect(tester.state.conversations[.release]?.isAtEnd == true)
    tester.expectNoHole(in: world)
  }

  @Test("writing far back goes to the newest message, too")
  func writing() {
    world.fill(.release, count: 4000)
    let tester = world.client()
    for _ in 0..<200 { press("PgUp", tester) }
    tester.type("hello")
    press("Enter", tester)
    #expect(tester.state.conversations[.release]?.anchor == .bottom)
    #expect(tester.places().last == -1000)
    tester.expectNoHole(in: world)
  }

  @Test("going among the messages far back selects one that is in sight")
  func selectingFarBack() {
    world.fill(.release, count: 4000)
    let tester = world.client()
    for _ in 0..<200 { press("PgUp", tester) }
    press("Tab", tester)
    let selected = tester.state.conversations[.release]?.selected
    let isShown = rows(tester).contains { row in
      if case .message(let row) = row { row.isSelected } else { false }
    }
    #expect(selected != nil)
    #expect(isShown)
    #expect(tester.state.conversations[.release]?.anchor != .bottom)
  }

  @Test("a thread that is read at its end lets go of its oldest messages, and has them when asked")
  func trimmingOldest() {
    world.fill(.release, count: 100)
    let tester = world.client()
    for number in 0..<5000 {
      let late = message(Int64(number) * 10, "late \(number)")
      world.post(late, in: .release)
      tester.happens(.messageReceived(.release, late))
      if number.isMultiple(of: 500) { tester.answer(world.answer) }
    }
    tester.answer(world.answer)
    #expect((2000...2200).contains(tester.places().count))
    #expect(tester.places().last == 49_990)
    #expect(tester.state.conversations[.release]?.hasBeginning == false)
    tester.expectNoHole(in: world)
    for _ in 0..<1000 where tester.places().first != -100_000 {
      press("PgUp", tester)
      #expect(tester.places().count <= 2400)
    }
    #expect(tester.places().first == -100_000)
    tester.expectNoHole(in: world)
  }

  @Test(
    "while the person looks at old messages, thousands that arrive take no memory and move nothing")
  func arrivalsWhileLookingBack() {
    world.fill(.release, count: 300)
    let tester = world.client()
    for _ in 0..<5 { press("PgUp", tester) }
    let before = rows(tester)
    for number in 0..<6000 {
      let late = message(Int64(number) * 10, "late \(number)")
      world.post(late, in: .release)
      tester.happens(.messageReceived(.release, late))
      if number.isMultiple(of: 500) { tester.answer(world.answer) }
    }
    tester.answer(world.answer)
    #expect(tester.places().count <= 2400)
    #expect(rows(tester) == before)
    tester.expectNoHole(in: world)
    press("M-End", tester)
    #expect(tester.places().last == 59_990)
  }

  @Test("the same without a history")
  func arrivalsWithoutHistory() {
    let tester = FlowTester.signedIn(
      messages: (0..<200).map { message(Int64($0) * 1000 - 200_000, "m\($0)") }, gateway: false)
    for _ in 0..<5 { tester.press("PgUp") }
    let before = rows(tester)
    for number in 0..<6000 {
      tester.happens(.messageReceived(.release, message(Int64(number) * 10, "late \(number)")))
    }
    #expect(tester.places().count <= 2400)
    #expect(rows(tester) == before)
    // Scrolling down goes to the end once what is in memory ends.
    let newest = (5800..<6000).map { message(Int64($0) * 10, "late \($0)") }
    for _ in 0..<1000 where tester.state.conversations[.release]?.anchor != .bottom {
      tester.press("PgDn")
      tester.answer { FlowTester.healthy($0, newest) }
    }
    #expect(tester.state.conversations[.release]?.anchor == .bottom)
    #expect(tester.places().last == 59_990)
  }

  @Test("a message far behind those in memory that is edited makes no hole")
  func editOfOld() throws {
    world.fill(.release, count: 1000)
    let first = world.client()
    for _ in 0..<200 { press("PgUp", first) }
    // Before the service has told anything, and after.
    world.isReachable = false
    let tester = world.client()
    for isReachable in [false, true] {
      world.isReachable = isReachable
      if isReachable { tester.pass(.seconds(120), world.answer) }
      let edited = try #require(world.edit(10, in: .release, version: 9_000_000_000_000))
      tester.happens(.messageEdited(.release, edited))
      tester.answer(world.answer)
      #expect(tester.places().first == -100_000 || isReachable)
      tester.expectNoHole(in: world)
    }
    for _ in 0..<400 where tester.places().first != -1_000_000 { press("PgUp", tester) }
    #expect(tester.places().count == 1000)
    #expect(tester.state.conversations[.release]?.messages[10].content == .text("edited"))
  }

  @Test("an edit in a thread that was never opened makes no hole when it is")
  func editInUnopened() throws {
    world.fill(.release, count: 10)
    world.fill(.lunch, count: 500, from: -1_000_000)
    let first = world.client()
    first.press("M-Down")
    first.answer(world.answer)
    for _ in 0..<200 { press("PgUp", first) }
    #expect(first.places(of: .lunch).count == 500)
    let tester = world.client()
    let edited = try #require(world.edit(10, in: .lunch, version: 9_000_000_000_000))
    tester.happens(.messageEdited(.lunch, edited))
    tester.answer(world.answer)
    tester.press("M-Down")
    tester.answer(world.answer)
    #expect(tester.state.threads.open == .lunch)
    tester.expectNoHole(in: world)
    for _ in 0..<200 where tester.places(of: .lunch).count < 500 { press("PgUp", tester) }
    #expect(tester.places(of: .lunch).count == 500)
  }

  @Test("what was missed while away is shown as a gap until it is read, and leaves none")
  func gap() {
    world.fill(.release, count: 300)
    let first = world.client()
    first.press("PgUp")
    first.answer(world.answer)
    world.fill(.release, count: 900, from: 1000)
    var shown = 0
    var state = ClientState.sample(hasGateway: false)
    state.settings.keepsHistory = true
    state.resize(to: Viewport(columns: 80, rows: 3000))
    let tester = FlowTester(state, now: .start + .seconds(1000))
    tester.step(.historyRead(world.history, first: nil))
    tester.step(.started)
    for _ in 0..<200 {
      guard
        let next = tester.state.ledger.entries.first(where: { world.answer($0.action) != nil }),
        let result = world.answer(next.action)
      else { break }
      tester.step(.finished(next.id, result))
      tester.expectNoHole(in: world)
      let isShown = rows(tester).contains { if case .gap = $0 { true } else { false } }
      let isMissing = tester.state.conversations[.release].map { conversation in
        conversation.coverage.gaps.contains { conversation.messages.place(at: 0) <= $0.after }
      }
      #expect(isShown == isMissing)
      if isShown { shown += 1 }
    }
    #expect(shown > 0)
    #expect(tester.state.conversations[.release]?.coverage.gaps == [])
    #expect(tester.places().last == 900_000)
    #expect(Set((1...900).map { $0 * 1000 }).isSubset(of: tester.places()))
  }

  @Test("more was missed than memory holds: it is read to the last, and none of it is lost")
  func hugeGap() {
    world.fill(.release, count: 300)
    _ = world.client()
    world.fill(.release, count: 5000, from: 1000)
    let tester = world.client()
    tester.pass(.seconds(60), world.answer)
    #expect(tester.state.conversations[.release]?.coverage.gaps == [])
    #expect(tester.places().count <= 2400)
    tester.expectNoHole(in: world)
    #expect(world.disk[.release]?.count == 5200)
    for _ in 0..<1000 where tester.places().first != -300_000 {
      press("PgUp", tester)
      tester.pass(.seconds(1), world.answer)
      tester.expectNoHole(in: world)
    }
    #expect(tester.places().first == -300_000)
    #expect(world.disk[.release]?.count == 5300)
  }

  @Test(
    "whatever the person does and whenever it is answered, nothing that is kept is missing in between",
    arguments: 1...4 as ClosedRange<UInt64>)
  func anything(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    func number(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
    world.fill(.release, count: 2600)
    world.fill(.lunch, count: 300)
    world.pageSize = 100 + number(101)
    let tester = world.client(wantsEvents: true)
    var last: Int64 = 0
    for step in 0..<150 {
      let thread: ChatThreadID = number(3) > 0 ? .release : .lunch
      let what = number(14)
      switch what {
      case 0: for _ in 0..<number(80) { tester.press("PgUp") }
      case 1: for _ in 0..<number(80) { tester.press("PgDn") }
      case 2: tester.press("M-End")
      case 3: tester.press("M-Down")
      case 4:
        for _ in 0..<(number(4) == 0 ? 700 : 3) {
          last += 10
          world.post(message(last, "late"), in: thread)
          // Some are told by the lists alone.
          if number(4) > 0 { tester.happens(.messageReceived(thread, message(last, "late"))) }
        }
      case 5:
        let count = world.service[thread]?.count ?? 0
        last += 10
        let edited = try #require(
          world.edit(
            number(count), in: thread, version: Timestamp.start.milliseconds + last))
        tester.happens(.messageEdited(thread, edited))
      case 6:
        let one = try #require(world.service[thread]?.randomElement(using: &random))
        guard world.disk[thread]?[one.id.place] != nil else { break }
        world.hits = [HistoryHit(thread: thread, message: one, excerpt: "m", marks: [])]
        if tester.state.interface.focus == .messages { tester.press("Esc") }
        tester.press("C-r")
        tester.press("C-u")
        tester.type("m")
        tester.answer(world.answer)
        tester.press("Enter")
      case 7: world.isReachable = number(4) > 0
      case 8: tester.pass(.seconds(number(60)), world.answer)
      case 9: tester.answer(world.answer)
      case 10: tester.press("Tab", "Up", "Up", "Esc")
      default:
        // Answers in any order.
        for _ in 0..<number(6) {
          guard
            let entry = tester.state.ledger.entries.randomElement(using: &random),
            let result = world.answer(entry.action)
          else { continue }
          tester.step(.finished(entry.id, result))
        }
      }
      guard tester.expectNoHole(in: world, "after step \(step), a \(what), seed \(seed)") else {
        return
      }
      for conversation in tester.state.conversations.values {
        #expect(conversation.messages.count <= 2450, "after step \(step), a \(what), seed \(seed)")
      }
    }
    world.isReachable = true
    for thread in [ChatThreadID.release, .lunch] {
      for _ in 0..<4 where tester.state.threads.open != thread { tester.press("M-Down") }
      tester.press("M-End")
      tester.pass(.seconds(200), world.answer)
      let newest = try #require(world.service[thread]?.last?.id.place)
      #expect(tester.state.conversations[thread]?.messages.last?.id.place == newest)
      let oldest = try #require(world.service[thread]?.first?.id.place)
      for _ in 0..<700 where tester.state.conversations[thread]?.messages.first?.id.place != oldest
      {
        for _ in 0..<5 { tester.press("PgUp") }
        tester.pass(.seconds(1), world.answer)
      }
      #expect(
        tester.state.conversations[thread]?.messages.first?.id.place == oldest,
        "\(thread.rawValue), seed \(seed)")
      // What is missing between messages that are kept is shown as missing until it is read.
      tester.pass(.seconds(60), world.answer)
      #expect(tester.state.conversations[thread]?.coverage.gaps == [], "seed \(seed)")
      tester.expectNoHole(in: world, "in the end, seed \(seed)")
    }
    for thread in [ChatThreadID.release, .lunch] {
      #expect(world.disk[thread]?.count == world.service[thread]?.count, "seed \(seed)")
    }
  }
}

extension SplitMix: RandomNumberGenerator {}
