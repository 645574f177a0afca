import ACSTypes
import Testing

@testable import ClientModel

@Suite("Signing in and staying signed in")
struct SessionFlowTests {
  @Test("the start asks for a token, and the token for threads and the gateway")
  func firstToken() {
    let tester = FlowTester()
    tester.take(.started, effects: [.renewToken]) { $0.connection.lastActivityOn = .start }
    tester.finish(
      .renewToken, .session(.sample()), effects: [.listThreads(next: nil), .openGateway]
    ) {
      $0.session.session = .sample()
      $0.calls.gateway = .connecting
    }
  }

  @Test("a failing token service is tried again after 1, 2, 4, … s, and recovery needs nobody")
  func tokenServiceDown() {
    let tester = FlowTester()
    tester.step(.started)
    let error = ServiceError(.unreachable, "Nobody answers.")
    var waits: [Int64] = []
    for _ in 0..<7 {
      tester.settle(where: { $0 == .renewToken }, .failed(error))
      let problem = tester.state.session.problem
      #expect(problem?.error == error)
      waits.append(((problem?.retryOn ?? .epoch) - tester.now).wholeMilliseconds)
      tester.wait(.milliseconds(waits.last ?? 0))
      #expect(tester.step(.clockAdvanced) == [.renewToken])
    }
    for (wait, seconds) in zip(waits, [1, 2, 4, 8, 16, 30, 30]) {
      #expect((800 * Int64(seconds)...1200 * Int64(seconds)).contains(wait))
    }
    tester.settle(where: { $0 == .renewToken }, .session(.sample()))
    #expect(tester.state.session.problem == nil)
  }

  @Test("a retry never comes before the service's Retry-After")
  func retryAfter() {
    let tester = FlowTester()
    tester.step(.started)
    tester.settle(
      where: { $0 == .renewToken },
      .failed(ServiceError(.throttled, "Too many.", retryAfter: .seconds(90))))
    #expect(tester.state.session.problem?.retryOn == tester.now + .seconds(90))
  }

  @Test("a token is renewed when its time comes, once, and threads stay")
  func renewal() {
    let tester = FlowTester.signedIn()
    tester.wait(.seconds(3000))
    #expect(tester.step(.clockAdvanced).contains(.renewToken))
    #expect(!tester.step(.clockAdvanced).contains(.renewToken))
    var next = Session.sample()
    next.expiresOn = tester.now + .seconds(3600)
    next.renewOn = tester.now + .seconds(3000)
    tester.finish(.renewToken, .session(next)) { $0.session.session = next }
    #expect(tester.state.threads.entries.count == 2)
  }

  @Test("a renewal that fails keeps the token, and Chat stops only when it has expired")
  func failedRenewal() {
    let tester = FlowTester.signedIn()
    tester.wait(.seconds(3000))
    tester.step(.clockAdvanced)
    tester.settle(where: { $0 == .renewToken }, .failed(ServiceError(.unreachable, "Down.")))
    #expect(tester.state.session.session != nil)
    #expect(tester.state.session.isUsable(at: tester.now))
    #expect(!tester.state.session.isUsable(at: .start + .seconds(3600)))
  }

  @Test("a request without an answer is given up by its deadline, and the effect cancelled")
  func deadline() {
    let tester = FlowTester()
    tester.step(.started)
    let id = tester.state.ledger.ids { $0 == .renewToken }
    tester.wait(.seconds(40))
    #expect(tester.step(.clockAdvanced) == id.map(Effect.Action.cancel))
    #expect(tester.state.session.problem?.error.code == .timedOut)
    // The late answer of the cancelled effect changes nothing.
    for id in id { tester.take(.finished(id, .session(.sample()))) }
  }

  @Test("another identity's token forgets the first one's threads")
  func otherIdentity() {
    let tester = FlowTester.signedIn()
    tester.wait(.seconds(3000))
    tester.step(.clockAdvanced)
    var other = Session.sample(lifetime: .seconds(9000))
    other.identity = .carol
    tester.settle(where: { $0 == .renewToken }, .session(other))
    #expect(tester.state.threads == ThreadList())
    #expect(tester.state.conversations.isEmpty)
  }
}
