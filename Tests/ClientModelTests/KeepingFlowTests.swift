import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

@Suite("What is kept while it happens")
struct KeepingFlowTests {
  private static let isSave: @Sendable (Effect.Action) -> Bool = {
    if case .save = $0 { true } else { false }
  }
  private static let isSend: @Sendable (Effect.Action) -> Bool = {
    if case .send = $0 { true } else { false }
  }

  private func changes(_ tester: FlowTester) -> [HistoryChange] {
    tester.state.ledger.entries.flatMap { entry -> [HistoryChange] in
      if case .save(let changes) = entry.action { changes } else { [] }
    }
  }

  /// A tester that keeps a history, signed in, whose lists are read; `messages` are the open thread's.
  @discardableResult
  private func keeping(
    _ messages: [ChatMessage] = [], next: String? = nil, retention: Duration? = nil,
    saves: ([HistoryChange]) -> Void = { _ in }
  ) -> FlowTester {
    var state = ClientState.sample(hasGateway: false)
    state.settings.keepsHistory = true
    state.settings.retention = retention
    let tester = FlowTester(state)
    tester.step(.historyRead(StoredHistory(account: .alice), first: nil))
    tester.step(.started)
    tester.answer { action in
      if case .save(let changes) = action { saves(changes) }
      return switch action {
      case .listMessages(.release, .newest):
        .messages(Page(values: messages.reversed(), nextLink: next))
      case .loadMessages(let id, _):
        .stored(StoredMessages(thread: id, messages: [], isFirst: true, isLast: true))
      case .loadHistory: .history(StoredHistory(account: .alice))
      default: FlowTester.healthy(action)
      }
    }
    return tester
  }

  @Test("what the person sends goes out when it is on the disk, not before")
  func durable() {
    let tester = keeping()
    tester.type("safe")
    tester.press("Enter")
    #expect(tester.state.ledger.ids(where: Self.isSend) == [])
    let record = tester.state.outbox[.release].first?.record
    #expect(changes(tester).contains { $0 == record.map { .outbox($0) } })
    let effects = tester.settle(where: Self.isSave, .done)
    #expect(effects.contains(where: Self.isSend))
  }

  @Test("a machine that slept while its disk was at work goes on keeping", arguments: [41, 3600])
  func sleptAtStart(seconds: Int64) {
    var state = ClientState.sample(hasGateway: false)
    state.settings.keepsHistory = true
    let tester = FlowTester(state)
    tester.step(.started)
    tester.wait(.seconds(seconds))
    tester.step(.clockAdvanced)
    tester.answer { action in
      if case .loadHistory = action { return .history(StoredHistory(account: .alice)) }
      return FlowTester.healthy(action)
    }
    #expect(tester.state.kept.failure == nil)
    #expect(tester.state.kept.isLoaded)
  }

  @Test("of a thread whose messages the disk did not take nothing is said to be there")
  func droppedMessages() {
    var state = keeping([message(-2000, "kept")]).state
    state.unsaved.changes = Array(
      repeating: .outboxSettled(clientID: "x"), count: UnsavedHistory.limit)
    state.unsaved.retryOn = state.now + .seconds(10)
    let tester = FlowTester(state)
    tester.happens(.messageReceived(.release, message(1000, "not kept")))
    let waiting = tester.state.unsaved.changes
    #expect(!waiting.contains { if case .messages = $0 { true } else { false } })
    tester.wait(.seconds(10))
    tester.step(.clockAdvanced)
    let stored = changes(tester).compactMap { change -> StoredThread? in
      if case .thread(let thread) = change, thread.thread.id == .release { thread } else { nil }
    }
    #expect(stored.map(\.coverage) == [[]])
    #expect(stored.map(\.newestVersion) == [0])
  }

  @Test("a disk that answers nothing for forty seconds is given up")
  func deafDisk() {
    var state = ClientState.sample(hasGateway: false)
    state.settings.keepsHistory = true
    let tester = FlowTester(state)
    tester.step(.started)
    tester.pass(.seconds(41)) { action in
      if case .loadHistory = action { nil } else { FlowTester.healthy(action) }
    }
    #expect(tester.state.kept.failure != nil)
  }

  @Test("a reading that brings along what is too old does not keep it", arguments: [-10, -86_500])
  func retention(seconds: Int64) {
    let old = message(seconds * 1000, "whale oil")
    var saved: [HistoryChange] = []
    let tester = keeping([old], retention: .seconds(86_400)) { saved += $0 }
    let isOld = seconds < -86_400
    let places = saved.indices.filter { index in
      if case .messages(_, let messages) = saved[index] { messages.contains(old) } else { false }
    }
    let sweeps = saved.indices.filter { index in
      if case .retention(let before) = saved[index] { before > old.createdOn } else { false }
    }
    #expect(!places.isEmpty)
    #expect((sweeps.last ?? -1 > places.last ?? .max) == isOld)
    // What comes later sweeps nothing, and does not say that the old message is here.
    tester.happens(.messageReceived(.release, message(1000, "news")))
    let later = changes(tester)
    #expect(!later.contains { if case .retention = $0 { true } else { false } })
    let stretches = later.compactMap { change in
      if case .thread(let stored) = change { stored.coverage } else { nil }
    }
    let horizon = tester.now.milliseconds - 86_400_000
    #expect(!stretches.isEmpty)
    #expect(stretches.joined().allSatisfy { $0.oldest >= min(horizon, old.id.place) })
    #expect(stretches.joined().allSatisfy { $0.reachesBeginning != isOld })
  }

  @Test("with a disk that takes nothing it goes out all the same, and the person is told")
  func brokenDisk() {
    let tester = keeping()
    tester.type("anyway")
    tester.press("Enter")
    let effects = tester.settle(
      where: Self.isSave, .failed(ServiceError(.storeFailed, "The disk is full.")))
    #expect(effects.contains(where: Self.isSend))
    #expect(
      tester.state.notice?.message == .failure("Not kept on this machine: The disk is full."))
  }

  @Test("nothing spins while another history is opened after a disk that took nothing")
  func failedSaveBeforeOpening() {
    var state = ClientState.sample(hasGateway: false)
    state.settings.keepsHistory = true
    state.now = .start
    state.unsaved.retryOn = .start - .seconds(1)
    state.kept.retentionDueOn = .start - .seconds(1)
    #expect(state.nextDeadline.map { $0 > .start } ?? true)
    state.kept.isOpen = true
    #expect(state.nextDeadline == .start - .seconds(1))
  }

  @Test("the threads of the list are kept, and what changes of them")
  func threads() {
    var state = ClientState.sample(hasGateway: false)
    state.settings.keepsHistory = true
    let tester = FlowTester(state)
    tester.step(.historyRead(StoredHistory(account: .alice), first: nil))
    tester.step(.started)
    tester.settle(where: { $0 == .renewToken }, .session(.sample()))
    tester.settle(where: { $0 == .openHistory(.alice, firstThreads: 60) }, .done)
    tester.settle(
      where: { $0 == .listThreads(next: nil) }, .threads(Page(values: FlowTester.threads)))
    tester.settle(
      where: { $0 == .loadHistory(firstThreads: nil) }, .history(StoredHistory(account: .alice)))
    var kept: Set<ChatThreadID> = []
    for _ in 0..<3 {
      for case .thread(let stored) in changes(tester) { kept.insert(stored.thread.id) }
      guard tester.state.ledger.contains(where: Self.isSave) else { break }
      tester.settle(where: Self.isSave, .done)
    }
    #expect(kept == [.release, .lunch])
  }

  @Test("a page that tells nothing new writes nothing; one that does is written once")
  func quietPages() {
    let world = KeptWorld()
    world.fill(.release, count: 30)
    let tester = world.client()
    var polls = 0
    var saves: [[HistoryChange]] = []
    func minute() {
      tester.pass(.seconds(60)) { action in
        if case .listMessages = action { polls += 1 }
        if case .save(let changes) = action { saves.append(changes) }
        return world.answer(action)
      }
    }
    minute()
    saves = []
    minute()
    #expect(polls > 20)
    #expect(saves == [])
    world.post(message(500_000, "news"), in: .release)
    minute()
    let written = saves.joined().filter { if case .messages = $0 { true } else { false } }
    #expect(written == [.messages(.release, [message(500_000, "news")])])
    // What is read since a moment joins what was here before.
    #expect(tester.state.conversations[.release]?.coverage.stretches.count == 1)
  }

  @Test("what the person is writing is kept a second later")
  func draft() {
    let tester = keeping()
    tester.type("half")
    tester.wait(.seconds(1))
    tester.step(.clockAdvanced)
    #expect(changes(tester).contains(.draft(.release, "half")))
  }
}

@Suite("Reading until nothing is missing")
struct CatchingUpTests {
  private let synced = Timestamp.start

  private func tester() -> FlowTester {
    let tester = FlowTester.signedIn(messages: [message(0, "known")], gateway: false)
    tester.wait(.seconds(2))
    tester.step(.clockAdvanced)
    return tester
  }

  private func places(_ tester: FlowTester) -> [Int64] {
    tester.state.conversations[.release]?.messages.map {
      $0.id.place - Timestamp.start.milliseconds
    } ?? []
  }

  @Test("a reading of more than a page goes on until it meets what is known")
  func pages() {
    let tester = tester()
    let isSince: (Effect.Action) -> Bool = {
      if case .listMessages(.release, .since) = $0 { true } else { false }
    }
    let since = Timestamp.start - .seconds(120)
    var effects = tester.settle(
      where: isSince,
      .messages(Page(values: [message(9000, "9"), message(8000, "8")], nextLink: "a")))
    #expect(effects.contains(.listMessages(.release, .more(nextLink: "a", since: since))))
    #expect(
      tester.state.conversations[.release]?.coverage.gaps == [
        MessageGap(
          after: Timestamp.start.milliseconds, before: Timestamp.start.milliseconds + 8000)
      ])
    let area = Area(column: 0, row: 0, columns: 60, rows: 20)
    #expect(tester.state.visibleRows(in: area).contains(.gap(isLoading: true)))
    effects = tester.settle(
      where: { $0 == .listMessages(.release, .more(nextLink: "a", since: since)) },
      .messages(Page(values: [message(5000, "5"), message(0, "known")], nextLink: nil)))
    #expect(places(tester) == [0, 5000, 8000, 9000])
    #expect(tester.state.conversations[.release]?.coverage.gaps == [])
    #expect(
      tester.state.conversations[.release]?.syncedUpTo == Timestamp.start.milliseconds + 9000)
  }

  @Test("a reading that breaks off begins again where nothing was missing")
  func broken() {
    let tester = tester()
    tester.settle(
      where: { if case .listMessages(.release, .since) = $0 { true } else { false } },
      .messages(Page(values: [message(9000, "9")], nextLink: "a")))
    tester.settle(
      where: { if case .listMessages(.release, .more) = $0 { true } else { false } },
      .failed(ServiceError(.unreachable, "Gone.")))
    #expect(
      tester.state.conversations[.release]?.syncedUpTo == Timestamp.start.milliseconds)
    tester.pass(.seconds(30)) { action in
      if case .listMessages(.release, _) = action {
        return .messages(
          Page(values: [message(9000, "9"), message(5000, "5"), message(0, "known")]))
      }
      return FlowTester.healthy(action)
    }
    #expect(places(tester) == [0, 5000, 9000])
  }

  @Test("a thread that is not open is read when the list tells a later message")
  func behind() {
    let tester = FlowTester.signedIn(gateway: false)
    var threads = FlowTester.threads
    threads[1].lastMessageReceivedOn = .start + .seconds(10)
    tester.wait(.seconds(15))
    tester.step(.clockAdvanced)
    let effects = tester.settle(
      where: { $0 == .listThreads(next: nil) }, .threads(Page(values: threads)))
    #expect(effects.contains(.listMessages(.lunch, .newest)))
    tester.settle(
      where: { $0 == .listMessages(.lunch, .newest) },
      .messages(Page(values: [message(10_000, "noon?"), message(-80_000, "old")])))
    #expect(tester.state.threads.entry(.lunch)?.unreadCount == 1)
    #expect(tester.state.conversations[.lunch]?.messages.count == 2)
  }

  @Test("many threads are read one after the other, at a modest pace")
  func pace() {
    let tester = FlowTester.signedIn(gateway: false)
    let many = (0..<120).map {
      ChatThread(
        id: ChatThreadID("19:n\($0)@thread.v2"), topic: "",
        lastMessageReceivedOn: .start + .seconds(1))
    }
    tester.wait(.seconds(15))
    tester.step(.clockAdvanced)
    tester.settle(
      where: { $0 == .listThreads(next: nil) }, .threads(Page(values: FlowTester.threads + many)))
    func isOther(_ action: Effect.Action) -> Bool {
      if case .listMessages(let id, _) = action { id != .release } else { false }
    }
    let soon = tester.pass(.seconds(9)) { action in
      if case .listThreads = action { return .threads(Page(values: FlowTester.threads + many)) }
      return FlowTester.healthy(action)
    }
    #expect(soon.count(where: isOther) == 40)
    let later = tester.pass(.seconds(60)) { action in
      if case .listThreads = action { return .threads(Page(values: FlowTester.threads + many)) }
      return FlowTester.healthy(action)
    }
    #expect(later.count(where: isOther) == 80)
  }
}
