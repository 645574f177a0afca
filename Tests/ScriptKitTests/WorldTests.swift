import ACSTypes
import ClientModel
import ScriptKit
import Testing

@Suite("A world")
struct WorldTests {
  @Test("people sign in and see an empty list")
  func signIn() throws {
    let world = try World(WorldSettings(seed: 1, people: ["ann", "bob"]))
    defer { world.end() }
    for client in world.clients { try client.start() }
    world.advance(by: .seconds(10))
    for client in world.clients {
      #expect(client.state?.session.session != nil)
      #expect(client.state?.threads.isLoaded == true)
    }
  }

  @Test(
    "of two worlds of one seed everything is the same, to the byte",
    arguments: [1, 2, 3] as [UInt64])
  func determinism(seed: UInt64) throws {
    let plan = SimulationPlan(seed: seed, people: 3, steps: 30)
    let first = try Simulation.run(plan, folder: nil, keepsTrace: true)
    let second = try Simulation.run(plan, folder: nil, keepsTrace: true)
    let difference = zip(first.trace, second.trace).first { $0 != $1 }.map { "\($0) / \($1)" }
    #expect(difference == nil)
    #expect(first.trace.count == second.trace.count)
    #expect(first.digest == second.digest)
    let other = try Simulation.run(
      SimulationPlan(seed: seed + 100, people: 3, steps: 30), folder: nil, keepsTrace: false)
    #expect(other.digest != first.digest)
  }

  @Test("what waited while a token expired is sent once, asleep or offline")
  func expiry() throws {
    let plan = SimulationPlan(seed: 5, people: 3, steps: 0).with(
      [
        .person(0, .create(with: 0xFF)), .wait(3000), .person(1, .open(0)), .person(2, .open(0)),
        .person(1, .sleep), .trouble(.offline(2)), .person(2, .send), .wait(5_400_000),
        .person(0, .send), .person(1, .wake), .trouble(.clear(2)), .wait(60_000),
        .person(1, .send),
      ])
    let outcome = try Simulation.run(plan, folder: nil, keepsTrace: true)
    #expect(outcome.violations == [])
    #expect(outcome.intents == 3)
    let renewals = { (name: String) in
      outcome.trace.count { $0.contains(" \(name) #") && $0.contains(" GET /token?") }
    }
    // Who was there renewed in time; the others once their tokens were long dead.
    #expect(renewals("ann") >= 2)
    for name in ["bob", "cyd"] { #expect(renewals(name) >= 2, "\(name)") }
  }
}
