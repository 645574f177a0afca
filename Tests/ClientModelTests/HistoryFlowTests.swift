import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

@Suite("What an earlier run kept")
struct HistoryFlowTests {
  private static let isSave: @Sendable (Effect.Action) -> Bool = {
    if case .save = $0 { true } else { false }
  }

  private func keeping() -> FlowTester {
    var state = ClientState.sample(hasGateway: false)
    state.settings.keepsHistory = true
    return FlowTester(state)
  }

  private func stored(unread: Int = 0, draft: String = "") -> [StoredThread] {
    [
      StoredThread(
        thread: FlowTester.threads[0], seenUpTo: Timestamp.start.milliseconds, draft: draft,
        participants: [ChatParticipant(identifier: .bob, displayName: "Bob")],
        newestVersion: Timestamp.start.milliseconds),
      StoredThread(
        thread: FlowTester.threads[1], isMuted: true,
        seenUpTo: Timestamp.start.milliseconds - 90_000, unreadCount: unread,
        countedUpTo: Timestamp.start.milliseconds - 60_000),
    ]
  }

  private func history(
    unread: Int = 0, draft: String = "", outbox: [OutboxRecord] = [],
    account: CommunicationIdentifier? = .alice
  ) -> StoredHistory {
    StoredHistory(
      threads: stored(unread: unread, draft: draft), outbox: outbox, isListRead: true,
      account: account)
  }

  private let kept = StoredMessages(
    thread: .release, messages: [message(-2000, "of yesterday")], isFirst: true, isLast: true)

  private func settleAll(_ tester: FlowTester, history: StoredHistory) {
    tester.settle(where: { $0 == .loadHistory(firstThreads: nil) }, .history(history))
  }

  @Test("threads, messages, unread counts and the draft stand before anybody is signed in")
  func firstPaint() {
    let tester = keeping()
    tester.step(.historyRead(history(unread: 3, draft: "half a"), first: kept))
    #expect(
      tester.step(.started) == [.renewToken],
      "what was read before the start is not read again")
    let state = tester.state
    #expect(state.threads.open == .release)
    #expect(state.conversations[.release]?.messages.map(\.id) == kept.messages.map(\.id))
    #expect(state.composer.text == "half a")
    #expect(state.threads.entry(.lunch)?.unreadCount == 3)
    #expect(state.threads.entry(.lunch)?.isMuted == true)
    #expect(state.threads.entry(.lunch)?.isUnread == true)
    #expect(state.me == .alice)
    #expect(!state.isSynced)
  }

  @Test(
    "the reading of all threads takes nothing back that the person did since the first ones came")
  func secondReading() {
    let tester = keeping()
    tester.step(.historyRead(history(unread: 3, draft: "half a"), first: kept))
    tester.step(.started)
    tester.press("M-Down", "M-p", "M-q")
    #expect(tester.state.threads.open == .lunch)
    settleAll(tester, history: history(unread: 3, draft: "half a"))
    let lunch = tester.state.threads.entry(.lunch)
    #expect(lunch?.unreadCount == 0)
    #expect(lunch?.isUnread == false)
    #expect(lunch?.isPinned == true)
    #expect(lunch?.isMuted == false)
  }

  @Test("what is kept of a thread is not written over before it was read")
  func unreadThread() {
    let tester = keeping()
    let unknown = ChatThread(id: .lunch, topic: "Lunch", lastMessageReceivedOn: .start)
    var kept = history(unread: 3)
    kept.account = .alice
    var first = kept
    first.threads.removeAll { $0.thread.id == .lunch }
    tester.step(.historyRead(first, first: nil))
    tester.step(.started)
    tester.settle(where: { $0 == .renewToken }, .session(.sample()))
    // Who signed in is who was there last.
    tester.settle(
      where: { if case .openHistory = $0 { true } else { false } }, .done)
    tester.settle(
      where: { $0 == .listThreads(next: nil) },
      .threads(Page(values: FlowTester.threads.filter { $0.id != .lunch } + [unknown])))
    tester.wait(.seconds(2))
    #expect(!saves(tester).contains(.lunch))
    // A message that comes meanwhile changes nothing of that.
    tester.step(.chatSignalled(.event(.messageReceived(.lunch, message(2000, "new")))))
    #expect(!saves(tester).contains(.lunch))
    tester.settle(where: { $0 == .loadHistory(firstThreads: nil) }, .history(kept))
    #expect(tester.state.threads.entry(.lunch)?.isMuted == true)
    #expect(tester.state.threads.entry(.lunch)?.unreadCount == 4)
    for _ in 0..<3 where !saves(tester).contains(.lunch) {
      tester.settle(where: { if case .save = $0 { true } else { false } }, .done)
    }
    #expect(saves(tester).contains(.lunch))
  }

  /// The threads that are being saved.
  private func saves(_ tester: FlowTester) -> [ChatThreadID] {
    tester.state.ledger.entries.flatMap { entry -> [ChatThreadID] in
      guard case .save(let changes) = entry.action else { return [] }
      return changes.compactMap {
        if case .thread(let stored) = $0 { stored.thread.id } else { nil }
      }
    }
  }

  @Test("an old message of the user's own that is read again makes nothing seen that came after it")
  func oldOwnMessage() {
    let tester = keeping()
    tester.step(.historyRead(history(unread: 1), first: kept))
    var state = tester.state
    var turn = Turn(Occurrence(now: tester.now, entropy: 1, event: .clockAdvanced))
    state.session.session = .sample()
    let page = [message(-95_000, "mine", from: .alice), message(-60_000, "theirs")]
    state.take(Page(values: page.reversed()), of: .lunch, .newest, &turn)
    #expect(state.threads.entry(.lunch)?.unreadCount == 1)
    #expect(state.threads.entry(.lunch)?.isUnread == true)
    // One that was sent after them does.
    let later = Page(values: [message(-10_000, "mine, too", from: .alice)])
    state.take(later, of: .lunch, .newest, &turn)
    #expect(state.threads.entry(.lunch)?.unreadCount == 0)
    #expect(state.threads.entry(.lunch)?.isUnread == false)
  }

  @Test("without a first frame of its own, a client reads the first threads, then the rest")
  func loading() {
    let tester = keeping()
    #expect(tester.step(.started) == [.loadHistory(firstThreads: 60), .renewToken])
    let effects = tester.settle(
      where: { $0 == .loadHistory(firstThreads: 60) }, .history(history()))
    #expect(effects == [.loadMessages(.release, .newest), .loadHistory(firstThreads: nil)])
    tester.settle(where: { $0 == .loadMessages(.release, .newest) }, .stored(kept))
    #expect(tester.state.conversations[.release]?.isLoaded == true)
    settleAll(tester, history: history())
    #expect(tester.state.kept.isWhole)
  }

  @Test("a sign-in reads the list and the open thread anew, and turns to the history of the user")
  func signIn() {
    let tester = keeping()
    tester.step(.historyRead(history(), first: kept))
    tester.step(.started)
    let effects = tester.settle(where: { $0 == .renewToken }, .session(.sample()))
    #expect(
      effects == [
        .openHistory(.alice, firstThreads: 60), .listThreads(next: nil),
        .listMessages(.release, .newest), .listParticipants(.release),
      ])
  }

  @Test("what waited when the last run ended is looked for before it is sent again")
  func outbox() {
    let record = OutboxRecord(
      clientID: "c1", thread: .lunch, intent: .send(text: "late"), writtenOn: .start)
    let tester = keeping()
    tester.step(.historyRead(history(outbox: [record]), first: nil))
    settleAll(tester, history: history(outbox: [record]))
    #expect(tester.state.outbox[.lunch].count == 1)
    tester.step(.started)
    tester.settle(where: { $0 == .renewToken }, .session(.sample()))
    tester.settle(
      where: { $0 == .listThreads(next: nil) }, .threads(Page(values: FlowTester.threads)))
    tester.settle(where: { $0 == .openHistory(.alice, firstThreads: 60) }, .done)
    // A request of the run before may still be at work.
    #expect(
      !tester.state.ledger.contains { if case .findSent = $0 { true } else { false } })
    tester.wait(.seconds(5))
    let all = tester.step(.clockAdvanced)
    #expect(
      all.contains(.findSent(.lunch, clientID: "c1", since: .start - .seconds(300))))
    #expect(!all.contains { if case .send = $0 { true } else { false } })
  }

  @Test("when somebody else signs in, nothing of the one before stays on the screen")
  func another() {
    let tester = keeping()
    tester.step(.historyRead(history(draft: "secret"), first: kept))
    tester.step(.started)
    var session = Session.sample()
    session.identity = .carol
    tester.settle(where: { $0 == .renewToken }, .session(session))
    tester.settle(
      where: { $0 == .openHistory(.carol, firstThreads: 60) },
      .history(StoredHistory(account: .carol)))
    #expect(tester.state.threads.entries.isEmpty)
    #expect(tester.state.conversations.isEmpty)
    #expect(tester.state.composer.isEmpty)
    #expect(tester.state.me == .carol)
    // The rest of the other's threads comes late.
    settleAll(tester, history: history())
    #expect(tester.state.threads.entries.isEmpty)
  }

  @Test("a history that cannot be used is told and hinders nothing")
  func failure() {
    let tester = keeping()
    tester.step(.historyFailed("It is damaged."))
    #expect(tester.step(.started) == [.renewToken])
    #expect(
      tester.state.notice?.message
        == .failure("Nothing is kept on this machine: It is damaged."))
    let effects = tester.settle(where: { $0 == .renewToken }, .session(.sample()))
    #expect(effects == [.listThreads(next: nil)])
    #expect(tester.state.ledger.ids(where: Self.isSave) == [])
  }

  @Test("messages that are too old are let go of at the start and once a day")
  func retention() {
    var state = ClientState.sample(hasGateway: false)
    state.settings.keepsHistory = true
    state.settings.retention = .seconds(30 * 86_400)
    let tester = FlowTester(state)
    tester.step(.historyRead(history(), first: kept))
    tester.step(.started)
    tester.settle(where: { $0 == .renewToken }, .session(.sample()))
    let effects = tester.settle(
      where: { $0 == .openHistory(.alice, firstThreads: 60) }, .done)
    let before = Timestamp.start - .seconds(30 * 86_400)
    let saved = effects.compactMap { action -> [HistoryChange]? in
      if case .save(let changes) = action { changes } else { nil }
    }
    #expect(saved.first?.contains(.retention(before: before)) == true)
    #expect(tester.state.kept.retentionDueOn == .start + .seconds(86_400))
  }
}
