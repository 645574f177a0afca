import ACSClient
import ACSTypes
import ACSWire
import Emulator
import ServiceAuth
import TestKit
import Testing

@testable import TrustedService

@Suite("Calls through the gateway, over the real emulator")
struct GatewayTests {
  private struct Scene {
    let town: Town
    let alice: Terminal
    let bob: Terminal
    let aliceGrant: Grant
    let bobGrant: Grant
  }

  private func scene() async throws -> Scene {
    let town = try Town()
    try await town.subscribe()
    let aliceGrant = try await town.token("alice")
    let bobGrant = try await town.token("bob")
    let alice = try await Terminal(town, aliceGrant)
    let bob = try await Terminal(town, bobGrant)
    #expect(try await alice.next() == .welcome(version: 1, identity: aliceGrant.identity))
    #expect(try await bob.next() == .welcome(version: 1, identity: bobGrant.identity))
    return Scene(
      town: town, alice: alice, bob: bob, aliceGrant: aliceGrant, bobGrant: bobGrant)
  }

  /// Alice calls Bob until it rings at his side.
  private func ring(_ scene: Scene) async throws -> (atAlice: CallID, atBob: CallID) {
    scene.alice.send(
      .start(requestID: "r1", target: scene.bobGrant.identity, threadID: nil))
    guard case .accepted("r1", let atAlice) = try await scene.alice.next() else {
      throw Unexpected()
    }
    #expect(
      try await scene.alice.next() == .state(callID: atAlice, state: .connecting, reason: nil))
    #expect(
      try await scene.alice.next() == .state(callID: atAlice, state: .ringing, reason: nil))
    guard case .incoming(let atBob, let from, let name) = try await scene.bob.next() else {
      throw Unexpected()
    }
    #expect(from == scene.aliceGrant.identity)
    #expect(name == "Alice")
    return (atAlice, atBob)
  }

  private func connect(_ scene: Scene) async throws -> (atAlice: CallID, atBob: CallID) {
    let ids = try await ring(scene)
    scene.bob.send(.accept(requestID: "r2", callID: ids.atBob))
    #expect(
      try await scene.bob.nextButRosters() == .accepted(requestID: "r2", callID: ids.atBob))
    var state = try await scene.bob.nextButRosters()
    if state == .state(callID: ids.atBob, state: .connecting, reason: nil) {
      state = try await scene.bob.nextButRosters()
    }
    #expect(state == .state(callID: ids.atBob, state: .connected, reason: nil))
    #expect(
      try await scene.alice.nextButRosters()
        == .state(callID: ids.atAlice, state: .connected, reason: nil))
    return ids
  }

  struct Unexpected: Error {}

  private func end(_ terminal: Terminal, _ id: CallID) async throws -> CallEndReason? {
    while true {
      if case .state(id, .disconnected, let reason) = try await terminal.nextButRosters() {
        return reason
      }
    }
  }

  @Test("a call is made, answered and left by the caller", .timeLimit(.minutes(1)))
  func callerHangsUp() async throws {
    let scene = try await scene()
    let ids = try await connect(scene)
    scene.alice.send(.hangUp(requestID: "r3", callID: ids.atAlice))
    #expect(try await end(scene.alice, ids.atAlice)?.code == 0)
    #expect(
      try await end(scene.bob, ids.atBob)
        == CallEndReason(
          code: 200, subCode: 7000,
          message: "The conversation has ended. DiagCode: 0#7000.@"))
  }

  @Test("the one who was called can leave, too", .timeLimit(.minutes(1)))
  func calleeHangsUp() async throws {
    let scene = try await scene()
    let ids = try await connect(scene)
    scene.bob.send(.hangUp(requestID: "r3", callID: ids.atBob))
    #expect(try await end(scene.bob, ids.atBob)?.code == 0)
    #expect(try await end(scene.alice, ids.atAlice)?.subCode == 7000)
  }

  @Test("a declined call ends with 603/0 at the caller's", .timeLimit(.minutes(1)))
  func declined() async throws {
    let scene = try await scene()
    let ids = try await ring(scene)
    scene.bob.send(.reject(requestID: "r2", callID: ids.atBob))
    #expect(try await end(scene.alice, ids.atAlice)?.code == 603)
    #expect(try await end(scene.bob, ids.atBob)?.code == 603)
  }

  @Test("a caller who gives up ends the ringing with 487/0", .timeLimit(.minutes(1)))
  func cancelled() async throws {
    let scene = try await scene()
    let ids = try await ring(scene)
    scene.alice.send(.hangUp(requestID: "r2", callID: ids.atAlice))
    let reason = try await end(scene.bob, ids.atBob)
    #expect(reason?.code == 487 && reason?.subCode == 0)
    // Too late.
    scene.bob.send(.accept(requestID: "r3", callID: ids.atBob))
    guard case .refused("r3", let refusal) = try await scene.bob.nextButRosters() else {
      throw Unexpected()
    }
    #expect(refusal.subCode == 41006)
  }

  @Test("a call that nobody answers ends by itself", .timeLimit(.minutes(1)))
  func unanswered() async throws {
    let scene = try await scene()
    let ids = try await ring(scene)
    await scene.town.wait(.seconds(121))
    #expect(try await end(scene.alice, ids.atAlice)?.subCode == 10004)
    #expect(try await end(scene.bob, ids.atBob)?.subCode == 10004)
  }

  @Test(
    "muting is told to all with a rising version; unmuting is the gateway's own",
    .timeLimit(.minutes(1)))
  func mute() async throws {
    let scene = try await scene()
    let ids = try await connect(scene)
    var version = 0
    for isMuted in [true, false] {
      scene.bob.send(
        .setMuted(requestID: "m\(isMuted)", callID: ids.atBob, isMuted: isMuted))
      while true {
        guard case .roster(ids.atAlice, let newer, let participants) = try await scene.alice.next()
        else { continue }
        #expect(newer > version)
        version = newer
        let bob = participants.first { $0.identifier == scene.bobGrant.identity }
        if bob?.isMuted == isMuted { break }
      }
    }
  }

  @Test(
    "of two terminals that ring, the one that does not answer loses with 487/10003",
    .timeLimit(.minutes(1)))
  func twoTerminals() async throws {
    let scene = try await scene()
    let second = try await Terminal(scene.town, scene.bobGrant)
    _ = try await second.next()
    let ids = try await ring(scene)
    guard case .incoming(ids.atBob, _, _) = try await second.next() else { throw Unexpected() }
    second.send(.accept(requestID: "s1", callID: ids.atBob))
    #expect(try await end(scene.bob, ids.atBob)?.subCode == 10003)
    #expect(
      try await scene.alice.nextButRosters()
        == .state(callID: ids.atAlice, state: .connected, reason: nil))
  }

  @Test(
    "a terminal that comes back within 120 s finds its call; one that does not loses it",
    .timeLimit(.minutes(1)))
  func reconnect() async throws {
    let scene = try await scene()
    let ids = try await connect(scene)
    await scene.bob.leave()
    await scene.town.wait(.seconds(60))
    let back = try await Terminal(scene.town, scene.bobGrant)
    _ = try await back.next()
    #expect(try await back.next() == .state(callID: ids.atBob, state: .connected, reason: nil))
    await back.leave()
    await scene.town.wait(.seconds(121))
    #expect(try await end(scene.alice, ids.atAlice)?.subCode == 7000)
  }

  @Test("a repeated command is done once and answered the same", .timeLimit(.minutes(1)))
  func repeatedCommand() async throws {
    let scene = try await scene()
    let ids = try await ring(scene)
    scene.alice.send(.start(requestID: "r1", target: scene.bobGrant.identity, threadID: nil))
    #expect(
      try await scene.alice.nextButRosters() == .accepted(requestID: "r1", callID: ids.atAlice))
    scene.alice.send(.hangUp(requestID: "r1", callID: ids.atAlice))
    guard case .refused("r1", _) = try await scene.alice.nextButRosters() else {
      throw Unexpected()
    }
  }

  @Test(
    "a caller that is no terminal of ours gives up, and the ringing ends", .timeLimit(.minutes(1)))
  func foreignCallerCancels() async throws {
    let scene = try await scene()
    let calls = CallAutomationClient(
      endpoint: Town.endpoint, exchange: scene.town.wire,
      authoriser: HMACSigner(key: Town.key, clock: scene.town.clock), clock: scene.town.clock)
    let call = try await calls.createCall(
      CreateCallRequest(
        targets: [IdentifierModel(scene.bobGrant.identity)],
        callbackURI: "http://127.0.0.1:9/elsewhere"),
      requestID: "11111111-1111-4111-8111-111111111111")
    guard case .incoming(let atBob, _, _) = try await scene.bob.next() else { throw Unexpected() }
    try await calls.hangUp(try #require(call.callConnectionID))
    let reason = try await end(scene.bob, atBob)
    #expect(reason?.code == 487 && reason?.subCode == 0)
  }

  @Test("what the gateway does not know is no reason to part", .timeLimit(.minutes(1)))
  func nonsense() async throws {
    let scene = try await scene()
    for text in ["", "{", "[]", #"{"type":"fly"}"#, #"{"type":"start"}"#] {
      scene.alice.send(text: text)
    }
    scene.alice.send(.hangUp(requestID: "h", callID: CallID("nothing")))
    guard case .refused("h", let reason) = try await scene.alice.next() else { throw Unexpected() }
    #expect(reason.code == 404)
  }

  @Test("only a genuine token with a scope for calls gets in")
  func guests() async throws {
    let town = try Town()
    let chatOnly = try await town.token("carol", scope: "chat")
    let voipOnly = try await town.token("dave", scope: "voip")
    var forged = try await town.token("erin")
    forged.token = Secret(String(forged.token.reveal().dropLast(6)) + "AAAAAA")
    func status(_ grant: Grant) async -> Int {
      do {
        let terminal = try await Terminal(town, grant)
        await terminal.leave()
        return 101
      } catch let refusal as Terminal.Refusal {
        return refusal.response.status
      } catch {
        return -1
      }
    }
    #expect(await status(chatOnly) == 403)
    #expect(await status(voipOnly) == 101)
    #expect(await status(forged) == 401)
    var garbage = forged
    garbage.token = Secret("garbage")
    #expect(await status(garbage) == 401)
    town.clock.advance(by: .seconds(90_000))
    #expect(await status(voipOnly) == 401)
  }

  @Test("Event Grid's validation is answered, and other events are taken and ignored")
  func events() async throws {
    let town = try Town()
    try await town.subscribe()
    #expect(town.emulator.subscriptions.first?.isValidated == true)
    let other = await town.ask(
      "POST", "/events",
      body:
        #"[{"id":"1","subject":"","eventType":"Other","eventTime":"2026-11-21T10:00:00Z","data":{},"dataVersion":"1"}]"#
    )
    #expect(other.status == 200)
    #expect(await town.ask("POST", "/events", body: "nonsense").status == 400)
    #expect(await town.ask("POST", "/callbacks/guessed", body: "[]").status == 404)
  }
}
