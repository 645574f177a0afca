import Executor
import ScriptKit

/// What became of one seed.
struct SeedResult: Sendable {
  let seed: UInt64
  let outcome: Simulation.Outcome
  /// The steps that are left after shrinking, by their places in the plan; `nil` for a good run, or unshrunk.
  var shrunk: Shrunk?

  /// The steps that are left of a failing run.
  struct Shrunk: Sendable {
    let places: [Int]
    let steps: [SimulationStep]
    let violation: Violation
    /// How many runs that took.
    let runs: Int
    /// True when fewer may do.
    let isCutShort: Bool
  }
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
    let outcome = try run(plan, options, keepsTrace: options.isVerbose)
    var result = SeedResult(seed: seed, outcome: outcome)
    guard let violation = result.outcome.violations.first, options.shrinks else { return result }
    let all = SimulationPlan(seed: seed, people: options.users, steps: options.steps)
    var last = violation
    let progress = ShrinkProgress(seed: seed, seconds: options.shrinkSeconds)
    var shrinker = Shrinker(mayGoOn: progress.goesOn) { plan in
      guard let found = try? run(plan, options, keepsTrace: false).violations.first else {
        return nil
      }
      if found.rule == violation.rule { last = found }
      return found.rule
    }
    let shrunk = shrinker.shrink(
      plan, breaking: violation.rule, failedStep: result.outcome.step)
    result.shrunk = SeedResult.Shrunk(
      places: SeedRuns.places(of: shrunk.steps, in: all.steps), steps: shrunk.steps,
      violation: last, runs: shrinker.runs, isCutShort: shrinker.isCutShort)
    return result
  }

  private static func run(
    _ plan: SimulationPlan, _ options: SimOptions, keepsTrace: Bool
  ) throws -> Simulation.Outcome {
    let folder = try ScratchFolder()
    defer { folder.remove() }
    return try Simulation.run(plan, folder: folder.path, keepsTrace: keepsTrace) { world in
      options.defect?.plant(in: world)
    }
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
