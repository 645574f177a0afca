import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

@Suite("Our own requests against the service's limits")
struct PaceFlowTests {
  private let limits = ServiceLimits()

  private static func list(_ count: Int) -> [ChatThread] {
    (0..<count).map { number in
      ChatThread(
        id: ChatThreadID("19:p\(number)@thread.v2"), topic: "p\(number)",
        lastMessageReceivedOn: .start - .seconds(number))
    }
  }

  private static func isPage(of id: ChatThreadID?) -> (Effect.Action) -> Bool {
    { if case .listMessages(id, _) = $0 { true } else { false } }
  }

  private static func isOlder(_ action: Effect.Action) -> Bool {
    if case .listMessages(_, .older) = action { true } else { false }
  }

  /// A client with so many threads, the first of them open, and the world that answers it and counts.
  private func client(_ count: Int, events: Bool) -> (
    FlowTester, (Effect.Action) -> EffectResult?
  ) {
    var state = ClientState.sample(hasGateway: false)
    state.settings.wantsEvents = events
    let tester = FlowTester(state)
    let threads = Self.list(count)
    let limits = limits
    let answer: (Effect.Action) -> EffectResult? = { [unowned tester] action in
      limits.count(action, at: tester.now)
      if case .openEvents = action { return nil }
      if case .listThreads = action { return .threads(Page(values: threads)) }
      return FlowTester.healthy(action)
    }
    // What stays open is asked again and again by the tester, not by the client.
    tester.step(.started)
    tester.answer(answer)
    if events { tester.step(.chatSignalled(.connected)) }
    tester.answer(answer)
    return (tester, answer)
  }

  @Test(
    "a held key goes through threads without hitting a limit, and the one where it stops is read within a second",
    arguments: [(50, 50), (50, 100), (2, 50), (2, 240), (2, 260), (2, 400), (3, 1000)],
    [true, false])
  func switching(plan: (threads: Int, milliseconds: Int), events: Bool) {
    let (tester, answer) = client(plan.threads, events: events)
    var read = 0
    for _ in 0..<(60_000 / plan.milliseconds) {
      tester.press("M-Down")
      read += tester.pass(.milliseconds(plan.milliseconds), answer)
        .count { if case .listMessages = $0 { true } else { false } }
    }
    #expect(limits.broken == [])
    if plan.milliseconds < 250 { #expect(read < 20, "those passed by are not read") }
    let stopped = tester.state.threads.open
    let last = tester.now - .milliseconds(plan.milliseconds)
    let rest = Duration.seconds(1) - (tester.now - last)
    let asked = tester.pass(max(rest, .zero), answer)
    if plan.milliseconds < 250 {
      #expect(asked.first(where: { $0 != .openEvents }).map(Self.isPage(of: stopped)) == true)
      #expect(asked.contains { $0 == .listParticipants(stopped ?? .release) })
    }
    #expect(tester.state.threads.open == stopped)
    #expect(stopped.map { tester.state.conversations[$0]?.isCurrent } == true)
    #expect(limits.broken == [])
  }

  @Test("one step to another thread is read at once, and so is the next after a moment")
  func oneStep() {
    let (tester, answer) = client(5, events: true)
    for _ in 0..<4 {
      tester.press("M-Down")
      #expect(
        tester.state.ledger.contains(where: Self.isPage(of: tester.state.threads.open)),
        "asked for with the key press")
      tester.answer(answer)
      tester.wait(.milliseconds(300))
    }
  }

  @Test("what is shown while a key is held comes from this machine, at every step")
  func shownFromHere() {
    let world = KeptWorld()
    world.fill(.release, count: 30)
    world.fill(.lunch, count: 30)
    let first = world.client()
    for _ in 0..<2 {
      first.press("M-Down")
      first.pass(.seconds(1), world.answer)
    }
    let tester = world.client()
    world.isReachable = false
    for _ in 0..<20 {
      tester.press("M-Down")
      tester.answer { action in
        if case .loadMessages = action { world.answer(action) } else { nil }
      }
      let open = tester.state.threads.open ?? .release
      #expect(tester.places(of: open).count == 30)
      tester.wait(.milliseconds(50))
    }
  }

  @Test(
    "PgUp held on a thread without end stays within the limits, and what was refused comes by itself"
  )
  func walking() {
    let (tester, answer) = client(1, events: false)
    let id = Self.list(1)[0].id
    var number: Int64 = 0
    var pages = 0
    func serve(_ action: Effect.Action) -> EffectResult? {
      let usual = answer(action)
      guard case .listMessages(id, let query) = action else { return usual }
      switch query {
      case .newest, .since:
        return .messages(
          Page(
            values: (0..<40).map { message(-$0 * 10, "new") }, nextLink: "older"))
      case .older, .more:
        pages += 1
        number += 1000
        return .messages(
          Page(
            values: (0..<40).map { message(-number - $0 * 10, "old") }, nextLink: "\(number)"))
      }
    }
    tester.pass(.seconds(20), serve)
    for _ in 0..<2400 {
      tester.press("PgUp")
      tester.pass(.milliseconds(50), serve)
      if tester.state.conversations[id]?.messages.count ?? 0 > 1500 {
        // Without a store memory is the end of the way; another visit begins it anew.
        tester.press("M-End", "C-End", "End")
      }
    }
    #expect(limits.broken == [])
    #expect(pages >= 30)
    #expect(tester.state.connection.paces.count < 10)
  }

  @Test("an older page that the service wants later is read then, without another key")
  func olderLater() {
    let (tester, answer) = client(1, events: true)
    let id = Self.list(1)[0].id
    var refusals = 0
    func serve(_ action: Effect.Action) -> EffectResult? {
      let usual = answer(action)
      guard case .listMessages(id, let query) = action else { return usual }
      if case .older = query {
        refusals += 1
        guard refusals > 1 else {
          return .failed(ServiceError(.throttled, "Slow.", retryAfter: .seconds(20)))
        }
        return .messages(Page(values: [message(-50_000, "old")]))
      }
      return .messages(Page(values: [message(0, "new")], nextLink: "older"))
    }
    tester.pass(.seconds(70), serve)
    tester.press("PgUp")
    #expect(!tester.pass(.seconds(19), serve).dropFirst().contains(where: Self.isOlder))
    #expect(tester.pass(.seconds(8), serve).contains(where: Self.isOlder))
    #expect(tester.state.conversations[id]?.messages.count == 2)
  }

  @Test("of a name typed fast the last state is looked up, one request at a time")
  func typingAName() {
    let (tester, answer) = client(1, events: false)
    tester.press("C-n", "Enter")
    var looked: [String] = []
    var most = 0
    for character in "abcdefghijklmnopqrstuvwxyz" {
      tester.type(String(character))
      most = max(
        most,
        tester.state.ledger.ids { if case .findPeople = $0 { true } else { false } }.count)
      tester.wait(.milliseconds(50))
    }
    tester.answer { action in
      if case .findPeople(let text) = action { looked.append(text) }
      return answer(action)
    }
    #expect(most == 1)
    #expect(looked == ["", "abcdefghijklmnopqrstuvwxyz"])
    for _ in 0..<600 {
      tester.type("x")
      tester.pass(.milliseconds(50), answer)
    }
    #expect(limits.broken == [])
    tester.pass(.seconds(11), answer)
    #expect(tester.state.newThread?.isSearching == false)
  }

  @Test("Enter held on a thread that is not made, a topic, people: the person is told to wait")
  func heldEnter() {
    let (tester, answer) = client(1, events: false)
    func refuse(_ action: Effect.Action) -> EffectResult? {
      let usual = answer(action)
      switch action {
      case .createThread, .updateTopic, .addParticipants:
        return .failed(ServiceError(.refused, "No."))
      default: return usual
      }
    }
    func hold() {
      for _ in 0..<600 {
        tester.press("Enter")
        tester.pass(.milliseconds(50), refuse)
      }
    }
    tester.press("C-n")
    tester.type("Topic")
    tester.press("Enter")
    tester.step(.pasted(CommunicationIdentifier.carol.rawID))
    hold()
    #expect(limits.broken == [])
    #expect(tester.state.newThread?.problem?.contains("try again in") == true)
    tester.press("Esc")
    tester.press("M-e")
    tester.type("other")
    hold()
    #expect(tester.state.renaming?.problem?.contains("try again in") == true)
    tester.press("Esc")
    tester.press("M-w")
    tester.step(.pasted(CommunicationIdentifier.carol.rawID))
    hold()
    #expect(tester.state.people?.problem?.contains("try again in") == true)
    #expect(limits.broken == [])
  }

  @Test("receipts of a thread in which somebody writes every second stay within the limits")
  func receipts() {
    let (tester, answer) = client(2, events: true)
    let id = Self.list(1)[0].id
    var told = 0
    for number in 0..<300 {
      tester.happens(.messageReceived(id, message(Int64(number) * 1000, "tick")))
      told += tester.pass(.seconds(1), answer)
        .count { if case .sendReadReceipt = $0 { true } else { false } }
    }
    #expect(limits.broken == [])
    #expect(told >= 100)
    tester.pass(.seconds(60), answer)
    #expect(
      tester.state.conversations[id]?.receiptSentFor
        == tester.state.conversations[id]?.newestSent(notBy: .alice))
  }

  @Test("very many messages of an earlier run are looked for within the limits, all of them")
  func lookingForSent() {
    let records = (0..<120).map { number in
      OutboxRecord(
        clientID: "c\(number)", thread: .release, intent: .send(text: "m\(number)"),
        writtenOn: .start - .seconds(60))
    }
    var history = StoredHistory(account: .alice)
    history.outbox = records
    var state = ClientState.sample(hasGateway: false)
    state.settings.keepsHistory = true
    let tester = FlowTester(state)
    let limits = limits
    var found: Set<String> = []
    func serve(_ action: Effect.Action) -> EffectResult? {
      limits.count(action, at: tester.now)
      switch action {
      case .findSent(_, let clientID, _):
        found.insert(clientID)
        return .sent(
          ChatMessageID(String(Timestamp.start.milliseconds - 1000 + Int64(found.count))))
      case .loadMessages(let id, _):
        return .stored(StoredMessages(thread: id, messages: [], isFirst: true, isLast: true))
      case .loadHistory: return .history(history)
      default: return FlowTester.healthy(action)
      }
    }
    tester.step(.historyRead(history, first: nil))
    tester.step(.started)
    tester.pass(.seconds(180), serve)
    #expect(found.count == 120)
    #expect(limits.broken == [])
    #expect(tester.state.outbox[.release].isEmpty)
  }
}
