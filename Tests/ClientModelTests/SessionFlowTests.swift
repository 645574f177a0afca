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
      $0.threads.beginReading()
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
    tester.wait(.seconds(90))
    #expect(tester.step(.clockAdvanced) == id.map(Effect.Action.cancel))
    #expect(tester.state.session.problem?.error.code == .timedOut)
    // The late answer of the cancelled effect changes nothing.
    for id in id { tester.take(.finished(id, .session(.sample()))) }
  }

  // MARK: Nobody is let in

  private static let refused = ServiceError(.authFailed, "Three fresh tokens were refused.")
  private static let needed = ServiceError(.signInNeeded, "The code expired.")

  @Test("a sign-in that is refused is tried again after 5, 10, 20, … 300 s, and by its key at once")
  func authFailed() {
    let tester = FlowTester()
    tester.step(.started)
    var waits: [Int64] = []
    for _ in 0..<9 {
      tester.settle(where: { $0 == .renewToken }, .failed(Self.refused))
      #expect(tester.state.session.hasAuthFailed)
      waits.append(
        ((tester.state.session.problem?.retryOn ?? .epoch) - tester.now).wholeMilliseconds)
      tester.wait(.milliseconds(waits.last ?? 0))
      #expect(tester.step(.clockAdvanced) == [.renewToken])
    }
    for (wait, seconds) in zip(waits, [5, 10, 20, 40, 80, 160, 300, 300, 300]) {
      #expect((800 * Int64(seconds)...1200 * Int64(seconds)).contains(wait))
    }
    tester.settle(where: { $0 == .renewToken }, .failed(Self.refused))
    tester.press("M-n")
    #expect(tester.state.isRenewing)
  }

  @Test("a sign-in that needs a person waits for one, without counting seconds or waking up")
  func signInNeeded() {
    let tester = FlowTester()
    tester.step(.started)
    tester.settle(where: { $0 == .renewToken }, .failed(Self.needed))
    #expect(tester.state.session.problem?.retryOn == nil)
    #expect(tester.state.nextDeadline == nil)
    tester.wait(.seconds(86_400))
    #expect(tester.step(.clockAdvanced) == [])
    tester.press("M-n")
    #expect(tester.state.isRenewing)
    tester.settle(where: { $0 == .renewToken }, .session(.sample(lifetime: .seconds(180_000))))
    #expect(tester.state.session.problem == nil)
  }

  @Test("Chat that refuses fresh tokens stops until another token comes; then what waited goes out")
  func chatRefuses() {
    let tester = FlowTester.signedIn(gateway: false)
    tester.wait(.seconds(15))
    tester.step(.clockAdvanced)
    tester.settle(where: { $0 == .listThreads(next: nil) }, .failed(Self.refused))
    #expect(tester.state.session.hasAuthFailed)
    #expect(tester.state.connection.problem?.retryOn == nil)
    tester.type("hello")
    tester.press("Enter")
    let retryOn = tester.state.session.problem?.retryOn ?? .epoch
    tester.wait(retryOn - tester.now)
    #expect(tester.step(.clockAdvanced).contains(.renewToken))
    var next = Session.sample()
    next.expiresOn = tester.now + .seconds(3600)
    next.renewOn = tester.now + .seconds(3000)
    #expect(
      tester.settle(where: { $0 == .renewToken }, .session(next)) == [.listThreads(next: nil)])
    // Refused again: the pause grows, though the token service gave a token.
    tester.settle(where: { $0 == .listThreads(next: nil) }, .failed(Self.refused))
    #expect(tester.state.session.problem?.attempts == 2)
    tester.press("M-n")
    tester.settle(where: { $0 == .renewToken }, .session(next))
    let effects = tester.settle(
      where: { $0 == .listThreads(next: nil) }, .threads(Page(values: FlowTester.threads)))
    #expect(
      effects.contains {
        if case .send(_, clientID: _, text: "hello") = $0 { true } else { false }
      })
    #expect(tester.state.session.problem == nil && tester.state.connection.problem == nil)
    #expect(tester.state.session.authFailures == 0)
  }

  @Test("a renewal that is refused leaves Chat alone while the token lives")
  func renewalRefused() {
    let tester = FlowTester.signedIn(gateway: false)
    tester.wait(.seconds(3000))
    tester.step(.clockAdvanced)
    tester.settle(where: { $0 == .renewToken }, .failed(Self.needed))
    tester.settle(
      where: { $0 == .listThreads(next: nil) }, .threads(Page(values: FlowTester.threads)))
    #expect(tester.state.connection.problem == nil)
    tester.wait(.seconds(15))
    #expect(tester.step(.clockAdvanced).contains(.listThreads(next: nil)))
  }

  // MARK: A code to be typed in

  private static let prompt = SignInPrompt(
    userCode: "WDJB-MJHT", verificationURL: "https://login.example/device",
    expiresOn: .start + .seconds(900))

  @Test(
    "a code to sign in with is shown at once, outlasts the usual deadline, and goes when it is over"
  )
  func prompt() {
    let tester = FlowTester()
    tester.step(.started)
    tester.take(.signInPrompted(Self.prompt)) {
      $0.session.prompt = Self.prompt
      $0.interface.pane = .signIn
    }
    tester.wait(.seconds(600))
    #expect(tester.step(.clockAdvanced) == [])
    #expect(tester.state.isRenewing)
    tester.take(.signInPrompted(nil)) {
      $0.session.prompt = nil
      $0.interface.pane = nil
    }
    tester.settle(where: { $0 == .renewToken }, .session(.sample()))
    #expect(tester.state.session.session != nil)
  }

  @Test("a code that the program never takes away is given up with the sign-in")
  func promptForgotten() {
    let tester = FlowTester()
    tester.step(.started)
    tester.step(.signInPrompted(Self.prompt))
    tester.wait(.seconds(990))
    tester.step(.clockAdvanced)
    #expect(tester.state.session.prompt == nil && tester.state.interface.pane == nil)
    #expect(tester.state.session.problem?.error.code == .timedOut)
  }

  @Test(
    "whoever is writing is not interrupted by a code; the renewal key shows it and puts it aside")
  func promptWhileWriting() {
    let tester = FlowTester.signedIn()
    tester.type("half a sen")
    tester.wait(.seconds(3000))
    tester.step(.clockAdvanced)
    tester.step(.signInPrompted(Self.prompt))
    tester.type("tence")
    #expect(tester.state.composer.text == "half a sentence")
    #expect(tester.state.interface.pane == nil)
    tester.press("M-n")
    #expect(tester.state.interface.pane == .signIn)
    tester.press("Esc")
    #expect(tester.state.interface.pane == nil && tester.state.session.prompt != nil)
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
