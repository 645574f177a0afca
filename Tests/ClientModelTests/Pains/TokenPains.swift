import ACSTypes
import Testing

@testable import ClientModel

/// What users of other clients report of tokens.
@Suite("Pains: tokens")
struct TokenPains {
  @Test("expired token at start: Chat is not asked with it, and another is fetched, not in a loop")
  func expiredTokenAtStart() {
    let tester = FlowTester()
    tester.step(.started)
    let expired = Session.sample(lifetime: .seconds(-60))
    let asked = tester.pass(.seconds(600)) { action in
      action == .renewToken ? .session(expired) : .failed(ServiceError(.unauthenticated, "401"))
    }
    #expect(asked.allSatisfy { $0 == .renewToken })
    #expect((2...60).contains(asked.count), "\(asked.count) fetches in ten minutes")
    guard case .signInFailed = tester.state.connectionStatus else {
      Issue.record("the status says \(tester.state.connectionStatus)")
      return
    }
    // The token service comes to its senses: all goes on by itself.
    tester.pass(.seconds(400)) { action in
      action == .renewToken
        ? .session(.sample(lifetime: .seconds(86_400))) : FlowTester.healthy(action)
    }
    #expect(tester.state.isSynced || tester.state.threads.isLoaded)
    #expect(tester.state.session.problem == nil)
  }

  @Test(
    "refresher that returns a stale token: it is used to its end, then nobody pretends to be signed in"
  )
  func staleTokenFromRefresher() {
    let tester = FlowTester.signedIn(gateway: false)
    let stale = Session.sample()
    let asked = tester.pass(.seconds(3 * 3600)) { action in
      if action == .renewToken { return .session(stale) }
      return tester.state.session.isUsable(at: tester.now)
        ? FlowTester.healthy(action) : .failed(ServiceError(.unauthenticated, "401"))
    }
    let renewals = asked.count { $0 == .renewToken }
    #expect((2...400).contains(renewals), "\(renewals) renewals in three hours")
    guard case .signInFailed(let retryOn, let cause) = tester.state.connectionStatus else {
      Issue.record("the status says \(tester.state.connectionStatus)")
      return
    }
    #expect(retryOn != nil)
    #expect(!cause.isEmpty)
    // What was written meanwhile goes out with the first good token.
    tester.type("still there")
    tester.press("Enter")
    #expect(tester.state.outbox[.release].count == 1)
    var fresh = Session.sample()
    fresh.expiresOn = tester.now + .seconds(3600)
    fresh.renewOn = tester.now + .seconds(3000)
    let sent = tester.pass(.seconds(400)) { action in
      if action == .renewToken { return .session(fresh) }
      if case .send = action {
        return .sent(ChatMessageID(String(tester.now.milliseconds)))
      }
      return FlowTester.healthy(action)
    }
    #expect(
      sent.contains { if case .send(.release, _, "still there") = $0 { true } else { false } })
    #expect(tester.state.outbox[.release].isEmpty)
  }
}
