import ACSTypes
import Testing

@testable import ClientModel

@Suite("Reading what is missing of many threads")
struct CatchUpFlowTests {
  private let world = KeptWorld()

  @Test("the next page of the thread that is looked at goes before those of others")
  func openThreadFirst() {
    let others = (0..<6).map { ChatThreadID("19:other\($0)@thread.v2") }
    for id in others { world.fill(id, count: 3, from: -100_000) }
    world.fill(.release, count: 5)
    var state = world.client().state
    let page = MessageQuery.more(nextLink: "next", since: .start)
    state.connection.followUps = (others + [.release]).map { FollowUp(thread: $0, query: page) }
    let tester = FlowTester(state, now: state.now)
    let asked = tester.pass(.seconds(30)) { _ in nil } + tester.state.ledger.entries.map(\.action)
    let pages = asked.compactMap { action -> ChatThreadID? in
      if case .listMessages(let id, page) = action { id } else { nil }
    }
    #expect(pages == [.release] + others)
  }

  @Test("a page that waited for the service goes out as soon as it answers again")
  func afterTrouble() {
    world.fill(.release, count: 5)
    world.fill(.lunch, count: 5, from: -100_000)
    var state = world.client().state
    state.connection.followUps = [FollowUp(thread: .lunch, query: .newest)]
    state.connection.problem = Problem(
      error: ServiceError(.unreachable, "No network."), attempts: 1, retryOn: state.now)
    let tester = FlowTester(state, now: state.now)
    tester.step(.clockAdvanced)
    let effects = tester.settle(
      where: { $0 == .listThreads(next: nil) }, world.answer(.listThreads(next: nil)) ?? .done)
    #expect(effects.contains(.listMessages(.lunch, .newest)))
  }
}
