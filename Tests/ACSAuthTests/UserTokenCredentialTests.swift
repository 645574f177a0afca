import ACSAuth
import ACSTypes
import Services
import TestKit
import Testing

@Suite("UserTokenCredential")
struct UserTokenCredentialTests {
  static let url = "http://127.0.0.1:7760/token?user=Alice&scope=chat,voip"

  let clock = ManualClock()
  let recorder = StepRecorder()

  private func credential(_ exchange: ScriptedExchange) throws -> UserTokenCredential {
    let flow = TokenFlow(observer: recorder, clock: clock)
    let service = try TokenServiceClient(
      settings: TokenServiceSettings(url: "http://127.0.0.1:7760/token", userName: "Alice"),
      exchange: exchange, flow: flow)
    return UserTokenCredential(
      source: service, displayName: "Alice", clock: clock, random: SeededRandom(seed: 7),
      flow: flow)
  }

  private func token(_ mark: String, life: Duration = .seconds(3600)) -> String {
    UnsignedToken(issuedOn: clock.now, expiresOn: clock.now + life, mark: mark).text
  }

  private func line(_ token: String) -> ScriptedExchange.Line {
    .answer("GET", Self.url, body: #"{"token":"\#(token)"}"#)
  }

  private func expectPlayed(_ exchange: ScriptedExchange) {
    #expect(exchange.anomalies == [])
    #expect(exchange.unmet == [])
    #expect(recorder.anomalies == [])
  }

  @Test("a session says who is signed in and when to renew")
  func session() async throws {
    let start = clock.now
    let exchange = ScriptedExchange([line(token("a"))])
    let session = try await credential(exchange).renew()
    #expect(session.identity.rawID == "8:acs:5d1c_alice")
    #expect(session.displayName == "Alice")
    #expect(session.scopes == [.chat, .voip])
    #expect(session.issuedOn == start)
    #expect(session.expiresOn == start + .seconds(3600))
    #expect((start + .seconds(2940)...start + .seconds(3000)).contains(session.renewOn))
    expectPlayed(exchange)
  }

  @Test("the claims are a step of their own, with the next renewal")
  func claimsStep() async throws {
    let exchange = ScriptedExchange([line(token("a"))])
    let session = try await credential(exchange).renew()
    let step = try #require(recorder.steps.last)
    #expect(step.kind == .claims)
    #expect(step.outcome == .succeeded)
    #expect(
      step.details == [
        "identity  8:acs:5d1c_alice", "scopes  chat, voip", "issued  \(clock.now.iso8601)",
        "lifetime  1 h", "expires  \((clock.now + .seconds(3600)).iso8601), in 1 h",
        "renewal  in \((session.renewOn - clock.now).words)",
      ])
    #expect(recorder.steps.map(\.id) == [1, 2, 3])
  }

  @Test("however many ask at once, one fetch runs", arguments: [2, 50])
  func singleFlight(count: Int) async throws {
    let gate = Gate()
    let text = token("a")
    let exchange = ScriptedExchange([
      .held("GET", Self.url, by: gate, body: #"{"token":"\#(text)"}"#)
    ])
    let credential = try credential(exchange)
    let tokens = try await withThrowingTaskGroup(of: String.self) { group in
      for index in 0..<count {
        group.addTask {
          if index % 2 == 0 { return try await credential.token().reveal() }
          _ = try await credential.renew()
          return try await credential.token().reveal()
        }
      }
      await gate.reached()
      gate.open()
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(tokens == Array(repeating: text, count: count))
    expectPlayed(exchange)
  }

  @Test("when the task that fetches is cancelled, another takes over")
  func takeover() async throws {
    let gate = Gate()
    let exchange = ScriptedExchange([
      .held("GET", Self.url, by: gate, body: "{}"), line(token("a")),
    ])
    let credential = try credential(exchange)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        await withTaskGroup(of: Bool.self) { inner in
          inner.addTask {
            let error = await #expect(throws: ServiceError.self) { try await credential.token() }
            return error?.code == .cancelled
          }
          await gate.reached()
          inner.cancelAll()
          gate.open()
          return await inner.next() ?? false
        }
      }
      group.addTask {
        await gate.reached()
        return try await credential.token().reveal() == self.token("a")
      }
      for try await isRight in group { #expect(isRight) }
    }
    expectPlayed(exchange)
  }

  @Test("an exchange that calls a request off by itself is not asked again and again")
  func calledOff() async throws {
    let failure = TransportError(.cancelled, "The program ends.")
    let exchange = ScriptedExchange([
      .failure("GET", Self.url, failure), .failure("GET", Self.url, failure),
    ])
    let credential = try credential(exchange)
    let renewal = await #expect(throws: ServiceError.self) { try await credential.renew() }
    #expect(renewal?.code == .cancelled)
    let request = await #expect(throws: ServiceError.self) { try await credential.token() }
    #expect(request?.code == .cancelled)
    expectPlayed(exchange)
  }

  @Test("a waiter that is cancelled leaves; the fetch goes on for the others")
  func waiterLeaves() async throws {
    let gate = Gate()
    let text = token("a")
    let exchange = ScriptedExchange([
      .held("GET", Self.url, by: gate, body: #"{"token":"\#(text)"}"#)
    ])
    let credential = try credential(exchange)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        let token = try await credential.token()
        #expect(token.reveal() == text)
      }
      await gate.reached()
      await withTaskGroup(of: Void.self) { waiters in
        waiters.addTask {
          let error = await #expect(throws: ServiceError.self) { try await credential.renew() }
          #expect(error?.code == .cancelled)
        }
        waiters.cancelAll()
      }
      gate.open()
      try await group.waitForAll()
    }
    expectPlayed(exchange)
  }

  @Test("a token service that is down leaves the old token in use until it expires")
  func serviceDown() async throws {
    let failure = TransportError(.cannotConnect, "Nothing listens there.")
    let old = token("a")
    let exchange = ScriptedExchange([line(old), .failure("GET", Self.url, failure)])
    let credential = try credential(exchange)
    _ = try await credential.renew()
    clock.advance(by: .seconds(3500))
    #expect(try await credential.token().reveal() == old)
    expectPlayed(exchange)
    clock.advance(by: .seconds(100))
    exchange.expect(.failure("GET", Self.url, failure))
    let error = await #expect(throws: ServiceError.self) { try await credential.token() }
    #expect(error?.code == .unreachable)
    expectPlayed(exchange)
    let new = token("b")
    exchange.expect(line(new))
    _ = try await credential.renew()
    #expect(try await credential.token().reveal() == new)
    expectPlayed(exchange)
  }

  @Test("expired tokens are fetched three times, not more")
  func staleTokens() async throws {
    let stale = token("a", life: .seconds(-60))
    let exchange = ScriptedExchange([line(stale), line(stale), line(stale)])
    let credential = try credential(exchange)
    let error = await #expect(throws: ServiceError.self) { try await credential.renew() }
    #expect(error?.code == .authFailed)
    await #expect(throws: ServiceError.self) { try await credential.token() }
    expectPlayed(exchange)
    #expect(
      recorder.steps.filter { $0.kind == .claims }.map(\.outcome)
        == Array(repeating: .failed("The token is of no use: it has expired."), count: 3))
  }

  @Test("a token service that forgets who the user is gets a warning in the flow")
  func anotherIdentity() async throws {
    let bob = UnsignedToken(identity: "8:acs:bob", expiresOn: clock.now + .seconds(3600)).text
    let exchange = ScriptedExchange([line(token("a")), line(bob)])
    let credential = try credential(exchange)
    _ = try await credential.renew()
    #expect(try await credential.renew().identity.rawID == "8:acs:bob")
    #expect(
      recorder.steps.last?.details.contains(
        "warning  another identity than before; the token service should keep one for each user")
        == true)
  }
}
