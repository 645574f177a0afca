import ACSTypes
import Testing

@testable import ClientModel

@Suite("What is unread, and found")
struct UnreadFlowTests {
  private let world = KeptWorld()

  /// A client that looks at the release room; five messages are in the lunch thread from a moment on, if any.
  private func reading(lunchFrom first: Int64? = nil) -> FlowTester {
    world.fill(.release, count: 5)
    if let first { world.fill(.lunch, count: 5, from: first) }
    return world.client(wantsEvents: true)
  }

  private func unread(_ tester: FlowTester) -> Int? {
    tester.state.threads.entry(.lunch)?.unreadCount
  }

  private func readings(_ actions: [Effect.Action]) -> Int {
    actions.count { if case .listMessages(.lunch, _) = $0 { true } else { false } }
  }

  @Test("a message whose event was lost is found by the next list, though a later one was told")
  func hiddenLoss() {
    let tester = reading(lunchFrom: -100_000)
    #expect(tester.state.threads.open == .release)
    world.post(message(10_000, "lost"), in: .lunch)
    world.post(message(12_000, "told"), in: .lunch)
    tester.happens(.messageReceived(.lunch, message(12_000, "told")))
    #expect(unread(tester) == 1)
    tester.pass(.seconds(61), world.answer)
    #expect(unread(tester) == 2)
    #expect(tester.places(of: .lunch).suffix(2) == [10_000, 12_000])
    // What was read for the time that the list tells is not read for it again.
    #expect(readings(tester.pass(.seconds(600), world.answer)) == 0)
  }

  @Test("what came in new threads between two runs is unread, though the first run saw none")
  func newThreadsWhileAway() {
    #expect(world.client().state.threads.entries.isEmpty)
    world.fill(.lunch, count: 5, from: -100_000)
    world.fill(.release, count: 3)
    let tester = world.client()
    tester.pass(.seconds(60), world.answer)
    #expect(tester.state.threads.open == .release)
    #expect(unread(tester) == 5)
  }

  @Test("what was there before the list was ever read whole is seen, though a run ended before")
  func listBrokenOff() {
    world.fill(.release, count: 5)
    world.isListHeld = true
    #expect(world.client().state.threads.entries.map(\.thread.id) == [.release])
    world.isListHeld = false
    world.fill(.lunch, count: 5, from: -100_000)
    let tester = world.client()
    tester.pass(.seconds(60), world.answer)
    #expect(tester.state.threads.open == .release)
    #expect(unread(tester) == 0)
  }

  @Test("a list that tells of a time at which no message came has its thread read once")
  func timeOfNothing() {
    let tester = reading(lunchFrom: -100_000)
    let asked = tester.pass(.seconds(1200)) { action in
      guard case .threads(var page)? = world.answer(action) else { return world.answer(action) }
      for index in page.values.indices {
        page.values[index].lastMessageReceivedOn = .start + .seconds(10)
      }
      return .threads(page)
    }
    #expect(asked.count { if case .listThreads = $0 { true } else { false } } > 10)
    #expect(readings(asked) == 1)
  }

  @Test("a page that is empty and has others after it ends no reading")
  func emptyPage() {
    let tester = reading(lunchFrom: -900_000)
    world.fill(.lunch, count: 150, from: -800_000)
    world.pageSize = 100
    var isOdd = true
    tester.pass(.seconds(120)) { action in
      guard case .listMessages(.lunch, .more(let link, _)) = action else {
        return world.answer(action)
      }
      isOdd.toggle()
      return isOdd
        ? world.answer(action) : .messages(Page(values: [], nextLink: "\(link) again"))
    }
    #expect(unread(tester) == 150)
  }

  @Test("pages that bring nothing new are not followed for ever", arguments: [true, false])
  func endlessPages(isRepeated: Bool) {
    let tester = reading(lunchFrom: -900_000)
    world.fill(.lunch, count: 260, from: -800_000)
    world.pageSize = 100
    var count = 0
    let asked = tester.pass(.seconds(600)) { action in
      if case .listMessages(.lunch, .more(let link, _)) = action {
        count += 1
        return .messages(Page(values: [], nextLink: isRepeated ? link : "\(link) \(count)"))
      }
      return world.answer(action)
    }
    #expect((1...(isRepeated ? 25 : 250)).contains(readings(asked)))
    // The open thread is none the worse for it.
    world.post(message(700_000, "news"), in: .release)
    tester.happens(.messageReceived(.release, message(700_000, "news")))
    #expect(tester.places().last == 700_000)
  }

  @Test(
    "all messages of a thread that nobody has seen count, up to two hundred of them",
    arguments: [(30, 4, 30), (150, 100, 150), (600, 100, 200)])
  func newThread(count: Int, pageSize: Int, counted: Int) {
    world.pageSize = pageSize
    let tester = reading()
    world.fill(.lunch, count: count, from: -700_000)
    let asked = tester.pass(.seconds(120), world.answer)
    #expect(unread(tester) == counted)
    let isMore = counted < count
    #expect(tester.state.threads.entry(.lunch)?.hasMoreUnread == isMore)
    let restarted = world.client()
    #expect(restarted.state.threads.entry(.lunch)?.hasMoreUnread == isMore)
    #expect(readings(asked) == (counted + pageSize - 1) / pageSize)
    // The rest is no gap to be jumped: it is read when somebody scrolls up to it.
    tester.press("M-Down")
    #expect(tester.state.threads.entry(.lunch)?.hasMoreUnread == false)
    tester.pass(.seconds(5), world.answer)
    for _ in 0..<60 {
      tester.press("PgUp")
      tester.pass(.seconds(5), world.answer)
    }
    #expect(tester.places(of: .lunch).count == count)
  }

  @Test("once a later reading came down to what was seen, the count is whole")
  func countedLater() {
    world.pageSize = 100
    let tester = reading(lunchFrom: -900_000)
    world.fill(.lunch, count: 260, from: -700_000)
    tester.pass(.seconds(120), world.answer)
    #expect(unread(tester) == 200)
    #expect(tester.state.threads.entry(.lunch)?.hasMoreUnread == true)
    // Whatever has the whole read again: here a service with longer pages.
    world.pageSize = 400
    var state = tester.state
    state.connection.followUps = [FollowUp(thread: .lunch, query: .newest)]
    state.conversations[.lunch]?.syncedUpTo = 0
    let again = FlowTester(state, now: tester.now)
    again.pass(.seconds(60), world.answer)
    #expect(again.state.threads.entry(.lunch)?.unreadCount == 260)
    #expect(again.state.threads.entry(.lunch)?.hasMoreUnread == false)
  }
}
