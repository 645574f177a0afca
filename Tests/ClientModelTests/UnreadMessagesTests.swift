import ACSTypes
import Testing

@testable import ClientModel

@Suite("Which messages are unread")
struct UnreadMessagesTests {
  private func stored(_ unread: UnreadMessages) -> StoredThread {
    StoredThread(
      thread: ChatThread(id: .lunch, topic: ""), unreadCount: unread.count,
      countedUpTo: unread.countedUpTo, unreadPlaces: unread.places)
  }

  @Test(
    "each counts once, in whichever order they come, are deleted, seen and kept",
    arguments: 1...20 as ClosedRange<UInt64>)
  func model(seed: UInt64) {
    var generator = SplitMix(state: seed)
    var unread = UnreadMessages(seenUpTo: .epoch)
    var (came, seen) = (Set<Int64>(), Int64(0))
    for _ in 0..<3000 {
      let place = seen + Int64(generator.next() % 400) - 40
      switch generator.next() % 40 {
      case 0:
        unread.see(upTo: place)
        seen = max(seen, place)
      case 1:
        unread.seeAll(upTo: Timestamp(milliseconds: seen))
        let upTo = Timestamp(milliseconds: seen).milliseconds
        seen = max(unread.countedUpTo, upTo)
      case 2, 3: unread = UnreadMessages(stored(unread))
      case 4, 5, 6:
        unread.remove(place)
        came.remove(place)
      default:
        unread.insert(place)
        if place > seen { came.insert(place) }
      }
      came = came.filter { $0 > seen }
      #expect(unread.count == came.count)
      #expect(unread.contains(place) == came.contains(place))
    }
  }

  @Test("of very many the oldest become a number, and none counts twice or gets lost")
  func many() {
    var unread = UnreadMessages(seenUpTo: .epoch)
    for place in 1...5000 as ClosedRange<Int64> {
      unread.insert(place * 10)
      unread.insert(place * 10)
      if place % 700 == 0 { unread = UnreadMessages(stored(unread)) }
    }
    #expect(unread.count == 5000)
    #expect(unread.places.count <= UnreadMessages.limit)
    for place in 1...5000 as ClosedRange<Int64> { unread.insert(place * 10) }
    #expect(unread.count == 5000)
    unread.see(upTo: 49_990)
    #expect(unread.count == 1)
  }

  @Test("a time that tells no thousandths stands for its whole second")
  func seconds() {
    var unread = UnreadMessages(seenUpTo: Timestamp(seconds: 7))
    for place in [7000, 7999, 8000] as [Int64] { unread.insert(place) }
    #expect(unread.count == 1)
    unread = UnreadMessages(seenUpTo: Timestamp(milliseconds: 7001))
    for place in [7000, 7999, 8000] as [Int64] { unread.insert(place) }
    #expect(unread.count == 2)
  }

  // MARK: - Over a restart

  /// A world in which the release room is open and three messages wait in the other thread, none of them read.
  private func behind(_ world: KeptWorld, reads: Bool, wantsEvents: Bool = false) -> FlowTester {
    world.fill(.release, count: 3, from: 0)
    world.fill(.lunch, count: 3)
    let tester = world.client(wantsEvents: wantsEvents)
    if tester.state.threads.open != .release { tester.press("M-Down") }
    tester.answer(world.answer)
    #expect(tester.state.threads.open == .release)
    // It is opened by the next run, too.
    tester.press("M-p")
    world.fill(.lunch, count: 3, from: 20_000)
    for _ in 0..<4 {
      tester.wait(.seconds(15))
      tester.step(.clockAdvanced)
      tester.answer { action in
        if case .listMessages(.lunch, _) = action, !reads { return nil }
        return world.answer(action)
      }
    }
    return tester
  }

  @Test("what a client was told of but had not read before it was killed is counted by the next")
  func killedBeforeReading() {
    let world = KeptWorld()
    let first = behind(world, reads: false)
    #expect(first.state.threads.entry(.lunch)?.isUnread == true)
    #expect(first.state.threads.entry(.lunch)?.unreadCount == 0)
    let tester = world.client()
    tester.answer(world.answer)
    #expect(tester.state.threads.open != .lunch)
    #expect(tester.state.threads.entry(.lunch)?.unreadCount == 3)
  }

  @Test("what was counted and saved is read again and not counted twice, and more is counted on")
  func killedAfterReading() {
    let world = KeptWorld()
    let first = behind(world, reads: true)
    #expect(first.state.threads.entry(.lunch)?.unreadCount == 3)
    world.fill(.lunch, count: 2, from: 22_100)
    let tester = world.client()
    tester.answer(world.answer)
    #expect(tester.state.threads.entry(.lunch)?.unreadCount == 5)
  }

  // MARK: - Within one second

  @Test(
    "a second message of the second in which a thread was read is found: the list tells seconds alone",
    arguments: [false, true])
  func sameSecond(isKilled: Bool) {
    let world = KeptWorld()
    let first = behind(world, reads: true)
    #expect(first.state.threads.entry(.lunch)?.unreadCount == 3)
    let now = first.now - .start
    let second = now.components.seconds * 1000 + 15_000
    world.post(message(second + 100, "one"), in: .lunch)
    first.wait(.seconds(15))
    first.step(.clockAdvanced)
    first.answer(world.answer)
    #expect(first.state.threads.entry(.lunch)?.unreadCount == 4)
    world.post(message(second + 900, "two"), in: .lunch)
    if isKilled {
      let tester = world.client()
      tester.answer(world.answer)
      #expect(tester.state.threads.entry(.lunch)?.unreadCount == 5)
      return
    }
    for _ in 0..<2 {
      first.wait(.seconds(15))
      first.step(.clockAdvanced)
      first.answer(world.answer)
    }
    #expect(first.state.threads.entry(.lunch)?.unreadCount == 5)
    // Once is enough.
    first.wait(.seconds(15))
    let effects = first.step(.clockAdvanced)
    first.answer { action in
      if case .listMessages(.lunch, _) = action { Issue.record("it is read again: \(effects)") }
      return world.answer(action)
    }
  }

  @Test("an edit tells nothing of messages sent in its second: the list does, and they are read")
  func editInTheSameSecond() {
    let world = KeptWorld()
    let tester = behind(world, reads: true, wantsEvents: true)
    let place = tester.now.milliseconds - Timestamp.start.milliseconds + 60_000
    let edited = message(
      20_000, "edited", version: Timestamp.start.milliseconds + place + 400, edited: true)
    tester.step(.chatSignalled(.event(.messageEdited(.lunch, edited))))
    world.post(message(place + 100, "unheard"), in: .lunch)
    for _ in 0..<3 {
      tester.wait(.seconds(60))
      tester.step(.clockAdvanced)
      tester.answer(world.answer)
    }
    #expect(tester.state.threads.entry(.lunch)?.unreadCount == 4)
  }

  @Test("of a thread into which the user came, what was said before the first event is read")
  func cameLater() {
    let world = KeptWorld()
    let tester = behind(world, reads: true, wantsEvents: true)
    let id = ChatThreadID("19:new@thread.v2")
    world.fill(id, count: 4, from: 90_000)
    tester.step(.chatSignalled(.event(.messageReceived(id, message(93_000, "m3")))))
    #expect(tester.state.threads.entry(id)?.unreadCount == 1)
    for _ in 0..<3 {
      tester.wait(.seconds(60))
      tester.step(.clockAdvanced)
      tester.answer(world.answer)
    }
    #expect(tester.state.threads.entry(id)?.unreadCount == 4)
  }

  @Test("an older account of a message that is known to be deleted does not count it again")
  func staleAccount() {
    let tester = FlowTester.signedIn(gateway: false)
    let gone = message(1000, "", version: Timestamp.start.milliseconds + 9000, deleted: true)
    for event in [
      .messageReceived(.lunch, message(1000, "x")), .messageDeleted(.lunch, gone),
      .messageReceived(.lunch, message(1000, "x")),
    ] as [ChatEvent] {
      tester.step(.chatSignalled(.event(event)))
    }
    #expect(tester.state.threads.entry(.lunch)?.unreadCount == 0)
  }
}
