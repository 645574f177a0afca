import ACSTypes
import Testing

@testable import ClientModel

@Suite("What changed while the client was away")
struct WalkFlowTests {
  private static let later = Timestamp.start.milliseconds + 500_000
  private let world = KeptWorld()

  private static func isPage(_ action: Effect.Action) -> Bool {
    if case .listMessages = action { true } else { false }
  }

  private static func isOlder(_ action: Effect.Action) -> Bool {
    if case .listMessages(_, .older) = action { true } else { false }
  }

  /// Presses PgUp until the oldest message is in memory; gives what was asked of the service.
  @discardableResult
  private func toTop(_ tester: FlowTester, of id: ChatThreadID = .release) -> [Effect.Action] {
    var asked: [Effect.Action] = []
    for _ in 0..<600 where tester.state.conversations[id]?.hasBeginning != true {
      tester.press("PgUp")
      asked += tester.answer(world.answer)
    }
    for _ in 0..<20 {
      tester.press("PgUp")
      asked += tester.answer(world.answer)
    }
    return asked
  }

  private func message(_ index: Int, _ tester: FlowTester) -> ChatMessage? {
    guard let id = world.service[.release]?[index].id,
      let conversation = tester.state.conversations[.release]
    else { return nil }
    return conversation.index(of: id).map { conversation.messages[$0] }
  }

  private func onDisk(_ index: Int) -> ChatMessage? {
    (world.service[.release]?[index].id.place).flatMap { world.disk[.release]?[$0] }
  }

  @Test(
    "an edit and a deletion of old messages are there as soon as one scrolls up to them, and kept",
    arguments: [true, false], [3, 10, 100, 200])
  func away(hasEvents: Bool, pageSize: Int) {
    world.fill(.release, count: 260)
    let first = world.client(wantsEvents: hasEvents)
    toTop(first)
    #expect(world.disk[.release]?.count == 260)
    _ = world.edit(5, in: .release, version: Self.later)
    world.delete(10, in: .release, version: Self.later + 1)
    world.pageSize = pageSize
    let tester = world.client(wantsEvents: hasEvents)
    tester.press("PgUp")
    tester.answer(world.answer)
    toTop(tester)
    tester.pass(.seconds(60), world.answer)
    #expect(tester.places().first == -260_000)
    #expect(message(5, tester)?.content == .text("edited"))
    #expect(message(10, tester)?.deletedOn != nil)
    #expect(onDisk(5)?.content == .text("edited"))
    #expect(onDisk(10)?.deletedOn != nil)
    tester.expectNoHole(in: world)
  }

  @Test("what is kept is shown before the service has told it again")
  func storeFirst() {
    world.fill(.release, count: 260)
    toTop(world.client())
    let tester = world.client()
    for _ in 0..<40 {
      tester.press("PgUp")
      tester.answer { Self.isPage($0) ? nil : world.answer($0) }
    }
    #expect(tester.places().first == -260_000)
  }

  @Test("pages are read no further than somebody looks, and once")
  func cost() {
    world.fill(.release, count: 2000)
    toTop(world.client(wantsEvents: true))
    world.pageSize = 50
    let tester = world.client(wantsEvents: true)
    var asked = tester.pass(.seconds(300), world.answer).filter(Self.isOlder)
    #expect(asked.isEmpty, "at the end nothing but the newest page is looked at")
    for _ in 0..<10 { tester.press("PgUp") }
    asked = tester.pass(.seconds(60), world.answer).filter(Self.isOlder)
    #expect((1...8).contains(asked.count), "\(asked.count)")
    asked = tester.pass(.seconds(600), world.answer).filter(Self.isOlder)
    #expect(asked.isEmpty)
    tester.press("M-Down")
    asked = tester.pass(.seconds(60), world.answer).filter(Self.isOlder)
    #expect(asked.isEmpty)
  }

  @Test("events that were lost make what is shown doubtful again, and it is read again")
  func lostEvents() {
    world.fill(.release, count: 260)
    let tester = world.client(wantsEvents: true)
    toTop(tester)
    tester.pass(.seconds(120), world.answer)
    _ = world.edit(5, in: .release, version: Self.later)
    tester.pass(.seconds(120), world.answer)
    #expect(message(5, tester)?.content == .text("m5"), "nobody told")
    tester.step(.chatSignalled(.eventsLost))
    tester.pass(.seconds(5), world.answer)
    #expect(message(5, tester)?.content == .text("edited"))
  }

  @Test("a page that was asked for before the events broke tells nothing of what came after")
  func lateAnswer() {
    world.fill(.release, count: 20)
    let tester = world.client(wantsEvents: true)
    tester.step(.chatSignalled(.eventsLost))
    let early = world.answer(.listMessages(.release, .newest))
    _ = world.edit(5, in: .release, version: Self.later)
    tester.step(.chatSignalled(.eventsLost))
    if let early { tester.settle(where: Self.isPage, early) }
    tester.answer(world.answer)
    #expect(message(5, tester)?.content == .text("edited"))
  }

  @Test("without events, what one looks at is read again about once a minute and no more")
  func polling() {
    world.fill(.release, count: 1000)
    let tester = world.client()
    toTop(tester)
    tester.pass(.seconds(200), world.answer)
    _ = world.edit(5, in: .release, version: Self.later)
    let asked = tester.pass(.seconds(90), world.answer).filter(Self.isOlder)
    #expect(message(5, tester)?.content == .text("edited"))
    #expect((4...8).contains(asked.count), "\(asked.count) pages")
    tester.press("M-End")
    #expect(tester.pass(.seconds(600), world.answer).filter(Self.isOlder).isEmpty)
  }

  @Test("a hit that is opened is read by itself")
  func hit() throws {
    world.fill(.release, count: 3000)
    toTop(world.client())
    world.delete(10, in: .release, version: Self.later)
    let tester = world.client()
    let old = try #require(onDisk(10))
    world.hits = [HistoryHit(thread: .release, message: old, excerpt: "m", marks: [])]
    tester.press("C-r")
    tester.type("m")
    tester.answer(world.answer)
    tester.press("Enter")
    let asked = tester.answer { Self.isOlder($0) ? nil : world.answer($0) }
    #expect(asked.contains(.readMessage(.release, old.id)))
    #expect(message(10, tester)?.deletedOn != nil)
    #expect(onDisk(10)?.deletedOn != nil)
  }

  @Test(
    "a page that the service will not give for a while is asked for when it will, and not before")
  func throttled() {
    world.fill(.release, count: 600)
    let tester = world.client(wantsEvents: true)
    var moments: [Timestamp] = []
    func answer(_ action: Effect.Action) -> EffectResult? {
      guard Self.isOlder(action) else { return world.answer(action) }
      moments.append(tester.now)
      return moments.count == 1
        ? .failed(ServiceError(.throttled, "Too many requests.", retryAfter: .seconds(12)))
        : world.answer(action)
    }
    for _ in 0..<40 {
      tester.press("PgUp")
      tester.answer(answer)
    }
    #expect(moments.count == 1)
    let area = ScreenLayout(tester.state).messages
    #expect(
      area.flatMap { tester.state.olderMessagesDueOn(in: $0) } == tester.now + .seconds(12))
    tester.press("M-End")
    #expect(area.flatMap { tester.state.olderMessagesDueOn(in: $0) } == nil)
    for _ in 0..<40 {
      tester.press("PgUp")
      tester.answer(answer)
    }
    #expect(area.flatMap { tester.state.olderMessagesDueOn(in: $0) } != nil)
    tester.pass(.seconds(11), answer)
    #expect(moments.count == 1)
    tester.pass(.seconds(3), answer)
    #expect(moments.count == 2)
    #expect(tester.places().count == 400)
    #expect(area.flatMap { tester.state.olderMessagesDueOn(in: $0) } == nil)
  }

  @Test(
    "a link that the service refuses is told once to whoever waits, and a later try begins anew")
  func refused() {
    world.fill(.release, count: 600)
    let tester = world.client(wantsEvents: true)
    var refusals = 0
    func answer(_ action: Effect.Action) -> EffectResult? {
      guard Self.isOlder(action), refusals == 0 else { return world.answer(action) }
      refusals += 1
      return .failed(ServiceError(.refused, "This link is too old."))
    }
    for _ in 0..<12 where refusals == 0 {
      tester.press("PgUp")
      tester.answer(answer)
    }
    #expect(refusals == 1)
    toTop(tester)
    tester.pass(.seconds(5), world.answer)
    #expect(tester.places().count == 600)
  }

  @Test(
    "where messages are missing is known after a restart without a network, and filled with one")
  func gapOverRuns() throws {
    world.fill(.release, count: 60)
    _ = world.client()
    world.fill(.release, count: 300, from: 1_000_000)
    world.pageSize = 20
    // It is ended in the midst of reading what it missed.
    var pages = 0
    var state = ClientState.sample(hasGateway: false)
    state.settings.keepsHistory = true
    let broken = FlowTester(state, now: .start + .seconds(2000))
    broken.step(.historyRead(world.history, first: nil))
    broken.step(.started)
    broken.answer { action in
      if Self.isPage(action) { pages += 1 }
      return pages > 2 ? (Self.isPage(action) ? nil : world.answer(action)) : world.answer(action)
    }
    #expect(world.disk[.release]?.count == 100)
    world.isReachable = false
    let tester = world.client(size: Viewport(columns: 80, rows: 200))
    func hasGap() -> Bool {
      let area = ScreenLayout(tester.state).messages
      return area.map { tester.state.visibleRows(in: $0) }?.contains {
        if case .gap = $0 { true } else { false }
      } ?? false
    }
    #expect(tester.places().count == 100)
    #expect(hasGap())
    world.isReachable = true
    tester.pass(.seconds(120), world.answer)
    #expect(!hasGap())
    #expect(tester.places().count == 360)
    tester.expectNoHole(in: world)
  }
}
