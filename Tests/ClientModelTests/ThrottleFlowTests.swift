import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

@Suite("A service that wants to be left alone, of one thing at a time")
struct ThrottleFlowTests {
  private static func throttled(_ seconds: Int) -> EffectResult {
    .failed(ServiceError(.throttled, "Too many requests.", retryAfter: .seconds(seconds)))
  }

  private static func isPage(of id: ChatThreadID) -> (Effect.Action) -> Bool {
    { if case .listMessages(id, _) = $0 { true } else { false } }
  }

  private static func isList(_ action: Effect.Action) -> Bool {
    if case .listThreads = action { true } else { false }
  }

  @Test(
    "the pages of one thread wait as long as they are told; the list, sending and other threads go on"
  )
  func oneThread() {
    let tester = FlowTester.settled(events: false)
    func answer(_ action: Effect.Action) -> EffectResult? {
      if Self.isPage(of: .release)(action) { return Self.throttled(60) }
      if case .send = action { return .sent(ChatMessageID(String(tester.now.milliseconds))) }
      return FlowTester.healthy(action)
    }
    let before = tester.pass(.seconds(4), answer)
    #expect(before.count(where: Self.isPage(of: .release)) == 1)
    #expect(
      tester.state.connectionStatus
        == .polling(
          cause: "Too many requests.",
          retryOn: tester.state.connection.holds.end(of: .messages(.release), at: tester.now)))
    tester.type("still")
    tester.press("Enter")
    let during = tester.pass(.seconds(50), answer)
    #expect(during.count(where: Self.isPage(of: .release)) == 0)
    #expect(during.count(where: Self.isList) >= 3)
    #expect(during.contains { if case .send = $0 { true } else { false } })
    tester.press("M-Down")
    let other = tester.pass(.seconds(5), answer)
    #expect(other.contains(where: Self.isPage(of: .lunch)))
    #expect(tester.state.connectionStatus == .polling(cause: nil))
    tester.press("M-Up")
    let after = tester.pass(.seconds(30))
    #expect(after.contains(where: Self.isPage(of: .release)))
    #expect(tester.state.connectionStatus == .polling(cause: nil))
  }

  @Test("typing is not told, and receipts are not asked for, before the time that the service gave")
  func notices() {
    let tester = FlowTester.settled(events: false)
    func answer(_ action: Effect.Action) -> EffectResult? {
      switch action {
      case .sendTyping, .listReceipts: Self.throttled(120)
      default: FlowTester.healthy(action)
      }
    }
    var asked: [Effect.Action] = []
    for _ in 0..<10 {
      tester.type("word ")
      asked += tester.pass(.seconds(10), answer)
    }
    #expect(asked.count { if case .sendTyping = $0 { true } else { false } } <= 1)
    #expect(asked.count { $0 == .listReceipts(.release) } <= 1)
    tester.pass(.seconds(60), answer)
    tester.type("again ")
    let sent = tester.state.ledger.entries.map(\.action)
    #expect(sent.contains { if case .sendTyping = $0 { true } else { false } })
  }

  @Test("two threads at once: each waits for its own time")
  func twoThreads() {
    let tester = FlowTester.settled(events: false)
    var asked: [ChatThreadID: [Timestamp]] = [:]
    func answer(_ action: Effect.Action) -> EffectResult? {
      guard case .listMessages(let id, _) = action else { return FlowTester.healthy(action) }
      asked[id, default: []].append(tester.now)
      return Self.throttled(id == .release ? 100 : 20)
    }
    for _ in 0..<60 {
      tester.press("M-Down")
      tester.pass(.seconds(5), answer)
    }
    for (id, pause) in [(ChatThreadID.release, 100), (.lunch, 20)] {
      let moments = asked[id] ?? []
      #expect(moments.count >= 300 / (pause + 30))
      for (one, next) in zip(moments, moments.dropFirst()) {
        #expect(next - one >= .seconds(pause), "\(id.rawValue)")
      }
    }
  }

  @Test("a list that is throttled waits alone, and goes on from its first page")
  func list() {
    let tester = FlowTester.settled(events: false)
    func answer(_ action: Effect.Action) -> EffectResult? {
      Self.isList(action) ? Self.throttled(100) : FlowTester.healthy(action)
    }
    let during = tester.pass(.seconds(90), answer)
    #expect(during.count(where: Self.isList) == 1)
    #expect(during.count(where: Self.isPage(of: .release)) > 20)
    #expect(tester.state.connection.problem == nil)
    let after = tester.pass(.seconds(60))
    #expect(after.contains(.listThreads(next: nil)))
  }

  @Test("a thread that nobody looks at waits, and others that are behind are read before it")
  func behind() {
    let tester = FlowTester.settled(events: false)
    let late = (0..<5).map { number in
      ChatThread(
        id: ChatThreadID("19:n\(number)@thread.v2"), topic: "n\(number)",
        lastMessageReceivedOn: tester.now + .seconds(1))
    }
    var times = 0
    func answer(_ action: Effect.Action) -> EffectResult? {
      if Self.isList(action) { return .threads(Page(values: FlowTester.threads + late)) }
      if Self.isPage(of: late[0].id)(action), times == 0 {
        times += 1
        return Self.throttled(40)
      }
      return FlowTester.healthy(action)
    }
    let soon = tester.pass(.seconds(30), answer)
    for thread in late { #expect(soon.contains(where: Self.isPage(of: thread.id))) }
    #expect(soon.count(where: Self.isPage(of: late[0].id)) == 1)
    let later = tester.pass(.seconds(60), answer)
    #expect(later.contains(where: Self.isPage(of: late[0].id)), "it is not forgotten")
  }

  @Test("people that could not be read are asked for again")
  func people() {
    let tester = FlowTester.settled(events: false)
    var times = 0
    func answer(_ action: Effect.Action) -> EffectResult? {
      guard action == .listParticipants(.lunch) else { return FlowTester.healthy(action) }
      times += 1
      return times == 1 ? Self.throttled(20) : FlowTester.healthy(action)
    }
    tester.press("M-Down")
    tester.pass(.seconds(15), answer)
    #expect(times == 1)
    tester.pass(.seconds(60), answer)
    #expect(times == 2)
    #expect(tester.state.conversations[.lunch]?.participants.count == 2)
  }

  @Test("a list of very many pages stays within the service's limit, and is read to its end")
  func manyPages() {
    let tester = FlowTester.settled(events: false)
    var moments: [Timestamp] = []
    func answer(_ action: Effect.Action) -> EffectResult? {
      guard case .listThreads(let next) = action else { return FlowTester.healthy(action) }
      moments.append(tester.now)
      let number = next.flatMap { Int($0) } ?? 0
      let page = [
        ChatThread(
          id: ChatThreadID("19:p\(number)@thread.v2"), topic: "p\(number)",
          lastMessageReceivedOn: .start)
      ]
      return .threads(
        Page(
          values: number == 0 ? FlowTester.threads : page,
          nextLink: number < 200 ? String(number + 1) : nil))
    }
    tester.pass(.seconds(90), answer)
    #expect(tester.state.threads.entries.count == 202)
    for (index, moment) in moments.enumerated() where index >= 50 {
      #expect(moment - moments[index - 50] >= .seconds(10))
    }
  }

  @Test("events of very many unknown threads ask about each of them, within the limit of the list")
  func manyUnknown() {
    let tester = FlowTester.settled()
    for number in 0..<300 {
      tester.happens(
        .messageReceived(
          ChatThreadID("19:u\(number)@thread.v2"), message(Int64(number), "hello")))
    }
    var moments: [Timestamp] = []
    var asked: Set<ChatThreadID> = []
    tester.pass(.seconds(120)) { action in
      switch action {
      case .readThread(let id):
        moments.append(tester.now)
        asked.insert(id)
      case .listThreads:
        moments.append(tester.now)
        return .threads(Page(values: tester.state.threads.entries.map(\.thread)))
      default: break
      }
      return FlowTester.healthy(action)
    }
    #expect(asked.count == 300)
    for (index, moment) in moments.enumerated() where index >= 50 {
      #expect(moment - moments[index - 50] >= .seconds(10))
    }
  }

  @Test("an outage in the midst of a list of many pages does not end the reading of lists")
  func outage() {
    let tester = FlowTester.settled(events: false)
    var isReachable = true
    func answer(_ action: Effect.Action) -> EffectResult? {
      guard isReachable else {
        return .failed(ServiceError(.unreachable, "No network."))
      }
      guard case .listThreads(let next) = action else { return FlowTester.healthy(action) }
      let number = next.flatMap { Int($0) } ?? 0
      return .threads(
        Page(
          values: number == 0 ? FlowTester.threads : [],
          nextLink: number < 60 ? String(number + 1) : nil))
    }
    tester.pass(.seconds(16), answer)
    #expect(tester.state.connection.nextList != nil)
    isReachable = false
    tester.pass(.seconds(60), answer)
    #expect(tester.state.connection.problem != nil)
    isReachable = true
    let asked = tester.pass(.seconds(120), answer)
    #expect(asked.contains(.listThreads(next: nil)))
    #expect(asked.contains(.listThreads(next: "60")))
    #expect(tester.state.connection.problem == nil)
  }

  @Test(
    "whoever goes through many threads writing in each tells no more of it than the service takes")
  func typing() {
    let tester = FlowTester.settled(events: false)
    var moments: [Timestamp] = []
    for _ in 0..<200 {
      tester.press("M-Down")
      tester.type("x")
      tester.pass(.milliseconds(500)) { action in
        if case .sendTyping = action { moments.append(tester.now) }
        return FlowTester.healthy(action)
      }
    }
    #expect(moments.count > 5)
    for (index, moment) in moments.enumerated() {
      if index >= 5 { #expect(moment - moments[index - 5] >= .seconds(10)) }
      if index >= 15 { #expect(moment - moments[index - 15] >= .seconds(60)) }
    }
  }
}
