import ACSTypes
import ScriptKit
import Synchronization
import Testing

@testable import ClientModel

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

  @Test("the shrinker leaves out half of a long plan at a time, and no step that it takes")
  func shrinking() {
    let needed: [SimulationStep] = [.wait(7), .wait(500), .wait(990)]
    let plan = SimulationPlan(seed: 1, people: 2, steps: 0).with((0..<1000).map { .wait($0) })
    var shrinker = Shrinker { plan in
      needed.allSatisfy(plan.steps.contains) ? .order : nil
    }
    #expect(shrinker.shrink(plan, breaking: .order, failedStep: 995).steps == needed)
    #expect(shrinker.runs < 80)
    #expect(!shrinker.isCutShort)
  }

  @Test("a shrinker whose time is up gives what it has, and says so")
  func shrinkingInTime() {
    let plan = SimulationPlan(seed: 1, people: 2, steps: 0).with((0..<1000).map { .wait($0) })
    var told: [Int] = []
    var shrinker = Shrinker(
      mayGoOn: { _, runs in
        told.append(runs)
        return runs < 5
      }
    ) { plan in
      plan.steps.contains(.wait(500)) ? .order : nil
    }
    let steps = shrinker.shrink(plan, breaking: .order).steps
    #expect(steps.contains(.wait(500)))
    #expect(steps.count < 200)
    #expect(shrinker.isCutShort)
    #expect(told == [0, 1, 2, 3, 4, 5])
  }

  @Test("a plan that fails fails again in the same step, in the same way, and shrunk, too")
  func repeats() throws {
    func run(_ plan: SimulationPlan) throws -> Simulation.Outcome {
      try Simulation.run(plan, folder: nil) { world in
        world.clients[0].lens = { state in
          var state = state
          for number in 0..<10 where state.threads.entries.count > 1 {
            state.contacts[CommunicationIdentifier(rawID: "8:acs:\(number)")] = "x"
          }
          return state
        }
      }
    }
    let plan = SimulationPlan(seed: 6, people: 2, steps: 12)
    let first = try run(plan)
    let second = try run(plan)
    #expect(!first.violations.isEmpty)
    #expect(first.violations == second.violations)
    #expect(first.step == second.step)
    #expect(first.digest == second.digest)
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
