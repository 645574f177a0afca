import ACSTypes
import Testing

@testable import ClientModel

@Suite("The service's clock")
struct ServiceTimeTests {
  private let world = KeptWorld()

  @Test(
    "however the clocks differ, a second message of the second in which a thread was read is read",
    arguments: [-3600, -10, -3, 0, 3, 10, 3600])
  func differingClocks(ahead: Int64) {
    world.fill(.release, count: 5)
    world.fill(.lunch, count: 5, from: -100_000)
    let tester = world.client()
    var isSecondPosted = false
    func serve(_ action: Effect.Action) -> EffectResult? {
      let served = Timestamp(seconds: (tester.now + .seconds(ahead)).seconds)
      switch world.answer(action) {
      case .threads(var page)?:
        page.servedOn = served
        return .threads(page)
      case .messages(var page)?:
        page.servedOn = served
        if case .listMessages(.lunch, _) = action, !isSecondPosted {
          isSecondPosted = true
          let first = world.service[.lunch]?.last?.id.place ?? 0
          world.post(message(first - Timestamp.start.milliseconds + 1, "second"), in: .lunch)
        }
        return .messages(page)
      case let other: return other
      }
    }
    tester.pass(.seconds(4000), serve)
    #expect(!isSecondPosted)
    // The list is asked for within the same second; what it tells is of this second.
    let due = tester.state.connection.listDueOn ?? tester.now
    let place = (due + .seconds(ahead)).milliseconds / 1000 * 1000
    world.post(message(place - Timestamp.start.milliseconds, "first"), in: .lunch)
    tester.pass(.seconds(120), serve)
    #expect(isSecondPosted)
    #expect(tester.state.threads.entry(.lunch)?.unreadCount == 2)
  }

  /// What a service may tell by mistake.
  enum Nonsense: CaseIterable {
    case id, version, createdOn, list
  }

  private func nonsense(_ kind: Nonsense) -> ChatMessage {
    var odd = message(1000, "from the far future")
    switch kind {
    case .id: odd.id = ChatMessageID(String(Int64.max))
    case .version: odd.version = .max
    case .createdOn: odd.createdOn = Timestamp(seconds: 253_370_764_800)
    case .list: break
    }
    return odd
  }

  @Test(
    "a time that cannot be is no place from which all before it counts as read",
    arguments: Nonsense.allCases, [true, false])
  func farFuture(kind: Nonsense, isEvent: Bool) {
    world.fill(.release, count: 5)
    world.fill(.lunch, count: 5, from: -100_000)
    let tester = world.client(wantsEvents: isEvent)
    var isListOdd = kind == .list
    func serve(_ action: Effect.Action) -> EffectResult? {
      if case .listMessages(_, .since(let start)) = action {
        #expect(start < tester.now + .seconds(90_000))
      }
      guard isListOdd, case .threads(var page)? = world.answer(action) else {
        return world.answer(action)
      }
      for index in page.values.indices {
        page.values[index].lastMessageReceivedOn = Timestamp(seconds: 253_370_764_800)
      }
      return .threads(page)
    }
    let odd = nonsense(kind)
    for id in [ChatThreadID.release, .lunch] {
      world.post(odd, in: id)
      if isEvent { tester.happens(.messageReceived(id, odd)) }
    }
    tester.pass(.seconds(300), serve)
    isListOdd = false
    // Whether it counts itself depends on what of it can be believed.
    let count = kind == .id || kind == .createdOn ? 1 : 2
    let offset = (tester.now - .start).wholeMilliseconds
    // The open thread stays the first.
    for (id, delay) in [(ChatThreadID.lunch, Int64(1000)), (.release, 5000)] {
      let later = message(offset + delay, "later")
      world.post(later, in: id)
      if isEvent { tester.happens(.messageReceived(id, later)) }
    }
    tester.pass(.seconds(300), serve)
    #expect(tester.texts.contains("later"))
    #expect(tester.state.threads.entry(.lunch)?.unreadCount == count)
    let seen = tester.state.threads.entry(.release)?.seenUpTo ?? .epoch
    #expect(seen < tester.now + .seconds(90_000))
    // A client that starts over what was kept is none the worse for it, either.
    let restarted = world.client(wantsEvents: isEvent)
    #expect(restarted.state.threads.open == .release)
    restarted.pass(.seconds(300), serve)
    #expect(restarted.state.threads.entry(.lunch)?.unreadCount == count)
  }
}
