import ACSTypes
import Testing

@testable import ClientModel

@Suite("Messages of many threads in memory")
struct WindowLimitTests {
  private static func id(_ number: Int) -> ChatThreadID {
    let digits = String(number)
    return ChatThreadID("19:n" + String(repeating: "0", count: 4 - digits.count) + digits)
  }

  /// A client that knows `count` threads with messages that are kept, all of them read before.
  private func client(threads count: Int, messages: Int) -> FlowTester {
    var state = ClientState.sample(hasGateway: false)
    state.settings.keepsHistory = true
    let tester = FlowTester(state)
    let stored = (0..<count).map { number in
      StoredThread(
        thread: ChatThread(
          id: Self.id(number), topic: "n\(number)",
          lastMessageReceivedOn: .start - .seconds(number)),
        newestVersion: Timestamp.start.milliseconds)
    }
    let history = StoredHistory(threads: stored, isListRead: true, account: .alice)
    tester.step(.historyRead(history, first: nil))
    tester.step(.started)
    answer(tester, history, messages)
    return tester
  }

  private func answer(_ tester: FlowTester, _ history: StoredHistory, _ count: Int) {
    tester.answer { action in
      switch action {
      case .loadMessages(let id, _):
        .stored(
          StoredMessages(
            thread: id, messages: (0..<count).map { message(Int64($0) - 1000, "kept") },
            isFirst: true, isLast: true))
      case .listThreads: .threads(Page(values: history.threads.map(\.thread)))
      case .loadHistory: .history(history)
      default: FlowTester.healthy(action)
      }
    }
  }

  private func inMemory(_ tester: FlowTester) -> [ChatThreadID] {
    tester.state.conversations.filter { !$0.value.messages.isEmpty }.map(\.key)
  }

  @Test("memory stays bounded when walking 5,000 threads")
  func walking() {
    let tester = client(threads: 5000, messages: 3)
    let history = StoredHistory()
    for step in 0..<5000 {
      tester.press("M-Down")
      answer(tester, history, 3)
      if step.isMultiple(of: 100) {
        #expect(inMemory(tester).count <= 64)
        #expect(tester.state.kept.windows.count <= 64)
        let open = tester.state.threads.open
        #expect(open.flatMap { tester.state.conversations[$0]?.messages.count } == 3)
      }
    }
    #expect(inMemory(tester).count == 64)
    #expect(Set(inMemory(tester)) == Set(tester.state.kept.windows.ids))
  }

  @Test("memory stays bounded when messages come in 5,000 threads that nobody opened")
  func arrivals() {
    let tester = client(threads: 5000, messages: 3)
    for round in 0..<2 {
      for number in 0..<5000 {
        tester.happens(
          .messageReceived(Self.id(number), message(Int64(round * 5000 + number), "news")))
      }
      #expect(inMemory(tester).count <= 64)
    }
    // They are counted though they are not in memory.
    #expect(tester.state.threads.entry(Self.id(7))?.unreadCount == 2)
  }

  @Test("the threads used last stay, the open one whatever happens")
  func order() {
    let tester = client(threads: 200, messages: 3)
    let history = StoredHistory()
    let first = tester.state.threads.open
    for number in 100..<200 {
      tester.happens(.messageReceived(Self.id(number), message(Int64(number), "news")))
    }
    #expect(first.map { inMemory(tester).contains($0) } == true)
    // Back and forth among a few of them reads nothing again.
    for _ in 0..<3 {
      tester.press("M-Down")
      answer(tester, history, 3)
    }
    for _ in 0..<10 {
      tester.press("M-Up", "M-Down")
      #expect(
        !tester.state.ledger.contains { if case .loadMessages = $0 { true } else { false } })
    }
  }

  @Test("a thread that was let go of is read again when it is opened, and is where it was")
  func reopening() {
    let tester = client(threads: 200, messages: 3)
    let history = StoredHistory()
    let first = tester.state.threads.open
    tester.type("half a thought")
    for _ in 0..<70 {
      tester.press("M-Down")
      answer(tester, history, 3)
    }
    #expect(first.map { inMemory(tester).contains($0) } == false)
    for _ in 0..<70 { tester.press("M-Up") }
    #expect(tester.state.threads.open == first)
    #expect(tester.state.ledger.contains { $0 == first.map { .loadMessages($0, .newest) } })
    answer(tester, history, 3)
    #expect(first.flatMap { tester.state.conversations[$0]?.messages.count } == 3)
    #expect(tester.state.composer.text == "half a thought")
  }
}
