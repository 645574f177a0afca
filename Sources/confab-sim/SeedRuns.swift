import Executor
import ScriptKit

/// What became of one seed.
struct SeedResult: Sendable {
  let seed: UInt64
  let outcome: Simulation.Outcome
  /// The steps that are left after shrinking, by their places in the plan; `nil` for a good run, or unshrunk.
  var shrunk: (places: [Int], steps: [SimulationStep], violation: Violation, runs: Int)?
}

/// Runs seeds on some threads, each run on one, and gives the results in the seeds' order.
struct SeedRuns {
  private struct State {
    var next = 0
    var results: [Int: Result<SeedResult, any Error>] = [:]
  }

  private let options: SimOptions

  init(_ options: SimOptions) {
    self.options = options
  }

  func forEach(_ body: (SeedResult) -> Void) throws {
    let state = Signal(State())
    let threads = (0..<min(options.jobs, options.seeds)).map { _ in
      PosixThread(name: "world") { [options] in
        while let number = state.withLock({ state -> Int? in
          guard state.next < options.seeds else { return nil }
          defer { state.next += 1 }
          return state.next
        }) {
          let result = Result { try SeedRuns.run(options.first + UInt64(number), options) }
          state.change { $0.results[number] = result }
        }
      }
    }
    for number in 0..<options.seeds {
      body(try state.wait { $0.results.removeValue(forKey: number) }.get())
    }
    for thread in threads { thread.join() }
  }

  private static func run(_ seed: UInt64, _ options: SimOptions) throws -> SeedResult {
    let plan = options.plan(seed)
    var result = SeedResult(seed: seed, outcome: try run(plan, keepsTrace: options.isVerbose))
    guard let violation = result.outcome.violations.first, options.shrinks else { return result }
    let all = SimulationPlan(seed: seed, people: options.users, steps: options.steps)
    var last = violation
    var shrinker = Shrinker { plan in
      guard let found = try? run(plan, keepsTrace: false).violations.first else { return nil }
      if found.rule == violation.rule { last = found }
      return found.rule
    }
    let shrunk = shrinker.shrink(plan, breaking: violation.rule)
    result.shrunk = (
      SeedRuns.places(of: shrunk.steps, in: all.steps), shrunk.steps, last, shrinker.runs
    )
    return result
  }

  private static func run(
    _ plan: SimulationPlan, keepsTrace: Bool
  ) throws -> Simulation.Outcome {
    let folder = try ScratchFolder()
    defer { folder.remove() }
    return try Simulation.run(plan, folder: folder.path, keepsTrace: keepsTrace)
  }

  /// Where a part of a list stands in the whole; equal steps do the same wherever they come from.
  private static func places(of part: [SimulationStep], in whole: [SimulationStep]) -> [Int] {
    var places: [Int] = []
    var index = 0
    for step in part {
      while index < whole.count, whole[index] != step { index += 1 }
      places.append(index)
      index += 1
    }
    return places
  }
}
