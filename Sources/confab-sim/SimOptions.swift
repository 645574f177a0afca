import ArgumentTable
import Glibc
import ScriptKit

/// What was asked for.
struct SimOptions: Sendable {
  let first: UInt64
  let seeds: Int
  let steps: Int
  let users: Int
  let jobs: Int
  /// Which steps of the plan; `nil` for all.
  let only: [Int]?
  let shrinks: Bool
  /// How long to look for the fewest steps of one failure.
  let shrinkSeconds: Int
  /// The defect of the first client.
  let defect: SimDefect?
  let isJSON: Bool
  let isVerbose: Bool

  init(_ arguments: ParsedArguments) throws {
    first = UInt64(arguments.integer("seed") ?? 1)
    seeds = arguments.integer("seeds") ?? 1
    let steps = arguments.integer("steps") ?? 1
    self.steps = steps
    users = arguments.integer("users") ?? 2
    jobs = arguments.integer("jobs") ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    shrinks = !arguments.flag("no-shrink")
    shrinkSeconds = arguments.integer("shrink-seconds") ?? 120
    defect = try arguments.text("defect").map { name in
      guard let defect = SimDefect(rawValue: name) else {
        throw UsageError("--defect knows forgetful-disk, not '\(name)'", command: "confab-sim")
      }
      return defect
    }
    isJSON = arguments.flag("json")
    isVerbose = arguments.flag("verbose")
    only = try arguments.text("only").map { text in
      guard let places = StepPlaces(text)?.places else {
        throw UsageError(
          "--only takes places such as 3,17,20-22, not '\(text)'", command: "confab-sim")
      }
      if let last = places.max(), last >= steps {
        throw UsageError(
          "--only names step \(last), and there are \(steps)", command: "confab-sim")
      }
      // What is shrunk is told by places, which are looked for in the order of the plan.
      return places.sorted()
    }
  }

  /// The plan of a seed.
  func plan(_ seed: UInt64) -> SimulationPlan {
    let plan = SimulationPlan(seed: seed, people: users, steps: steps)
    guard let only else { return plan }
    return plan.with(only.map { plan.steps[$0] })
  }

  /// The command that repeats a run.
  func command(_ seed: UInt64, only places: [Int]? = nil) -> String {
    var command = "confab-sim --seed \(seed) --steps \(steps) --users \(users)"
    if let places = places ?? only { command += " --only \(StepPlaces(places: places).text)" }
    if let defect { command += " --defect \(defect.rawValue)" }
    return command
  }
}

/// What can be wrong with a client on purpose.
enum SimDefect: String {
  /// Its disk says that it saved and does not.
  case forgetfulDisk = "forgetful-disk"

  /// Gives the first client of a world the defect.
  func plant(in world: World) {
    switch self {
    case .forgetfulDisk: world.clients[0].disk.isForgetful = true
    }
  }
}

/// Places in a list as people write them: `3,17,20-22`.
struct StepPlaces {
  var places: [Int]

  init(places: [Int]) {
    self.places = places
  }

  /// Reads what ``text`` writes.
  init?(_ text: String) {
    places = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
        first <= last, last - first < 1_000_000
      else { return nil }
      places += first...last
    }
  }

  var text: String {
    var parts: [String] = []
    var index = 0
    while index < places.count {
      var end = index
      while end + 1 < places.count, places[end + 1] == places[end] + 1 { end += 1 }
      parts.append(end == index ? "\(places[index])" : "\(places[index])-\(places[end])")
      index = end + 1
    }
    return parts.joined(separator: ",")
  }
}
