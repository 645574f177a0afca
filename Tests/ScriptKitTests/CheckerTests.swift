import ACSTypes
import ScriptKit
import Synchronization
import Testing

/// Worlds with a known defect: the checker has to see it, and the shrinker to find the steps that it takes.
@Suite("The checker")
struct CheckerTests {
  private static let plan = SimulationPlan(seed: 5, people: 2, steps: 0).with(
    [
      .person(0, .create(with: 0xFF)), .wait(3000), .person(1, .open(0)), .person(0, .send),
      .wait(2000), .person(1, .type), .person(1, .send), .wait(500), .person(1, .lookAway),
      .person(0, .send), .wait(4000),
    ])

  @Test("a world without a defect is good")
  func good() throws {
    let outcome = try Simulation.run(Self.plan, folder: nil)
    #expect(outcome.violations == [])
    #expect(outcome.intents == 3)
  }

  @Test("a disk that only says it saved is found, and the steps shrunk to what it takes")
  func forgetfulDisk() throws {
    func run(_ plan: SimulationPlan) -> Violation.Rule? {
      let outcome = try? Simulation.run(plan, folder: nil) { world in
        world.clients[0].disk.isForgetful = true
      }
      return outcome?.violations.first?.rule
    }
    #expect(run(Self.plan) == .disk)
    var shrinker = Shrinker(run: run)
    let shrunk = shrinker.shrink(Self.plan, breaking: .disk)
    #expect(shrunk.steps == [.person(0, .create(with: 0xFF))])
  }

  @Test("a service whose lists lack what was sent last is found")
  func staleReads() throws {
    var plan = Self.plan
    plan.hasEvents = false
    let outcome = try Simulation.run(plan, folder: nil) { world in
      let first = Mutex<[UInt8]>([])
      world.clients[1].passage.tamper = { request, response in
        guard request.method == "GET", request.path.hasSuffix("/messages") else { return response }
        return first.withLock { first in
          if first.isEmpty { first = response.body }
          var stale = response
          stale.body = first
          return stale
        }
      }
    }
    #expect(outcome.violations.contains { $0.rule == .sameMessages && $0.client == "bob" })
  }

  @Test(
    "a sender who is not told under which name a message was sent sends it twice, which is found")
  func lostNames() throws {
    var plan = Self.plan.with(
      [
        .person(0, .create(with: 0xFF)), .wait(3000),
        .trouble(.weather(0, .lostAnswers, percent: 60)),
      ]
        + Array(repeating: [SimulationStep.person(0, .send), .wait(60000)], count: 8).joined())
    plan.hasEvents = false
    let outcome = try Simulation.run(plan, folder: nil) { world in
      for client in world.clients {
        client.passage.tamper = { _, response in
          var response = response
          response.body = Array(response.text.replacing("confabClientId", with: "nobodysId").utf8)
          return response
        }
      }
    }
    #expect(outcome.violations.contains { $0.rule == .exactlyOnce && $0.client == "ann" })
  }
}
