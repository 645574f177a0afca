import ACSWire
import ScriptKit

/// What is told of one run.
struct SimReport {
  private let result: SeedResult
  private let options: SimOptions

  init(_ result: SeedResult, _ options: SimOptions) {
    self.result = result
    self.options = options
  }

  /// For people; nothing for a good run among many.
  var text: String {
    let outcome = result.outcome
    var lines = outcome.trace
    if outcome.violations.isEmpty {
      guard options.seeds == 1 else { return lines.joined(separator: "\n") }
      lines.append("seed \(result.seed): good, \(outcome.words)")
      return lines.joined(separator: "\n")
    }
    lines.append("seed \(result.seed): FAILED, \(outcome.words)")
    lines += outcome.violations.prefix(10).map { "  \($0)" }
    if outcome.violations.count > 10 { lines.append("  and \(outcome.violations.count - 10) more") }
    lines.append("repeat it: \(options.command(result.seed))")
    if let shrunk = result.shrunk {
      let end = shrunk.isCutShort ? ", perhaps not the fewest: the time or the runs were up" : ""
      lines.append(
        "shrunk to \(shrunk.steps.count) steps in \(shrunk.runs) runs\(end): \(shrunk.violation)")
      lines += zip(shrunk.places, shrunk.steps).map { "  \($0) \($1)" }
      lines.append("repeat it: \(options.command(result.seed, only: shrunk.places))")
    }
    return lines.joined(separator: "\n")
  }

  /// For programs.
  var json: String {
    let outcome = result.outcome
    var object: JSONObject = [
      "seed": .integer(Int64(result.seed)), "good": .bool(outcome.violations.isEmpty),
      "digest": .string(String(outcome.digest, radix: 16)),
      "events": .integer(Int64(outcome.events)), "intents": .integer(Int64(outcome.intents)),
      "step": outcome.step.map { .integer(Int64($0)) } ?? .null,
      "milliseconds": .integer(outcome.time.components.seconds * 1000),
      "command": .string(options.command(result.seed)),
      "violations": .array(outcome.violations.map { .string($0.description) }),
    ]
    if let shrunk = result.shrunk {
      object["steps"] = .array(shrunk.steps.map { .string($0.description) })
      object["shrunkCommand"] = .string(options.command(result.seed, only: shrunk.places))
    }
    return JSONValue.object(object).text
  }
}

extension Simulation.Outcome {
  /// How much there was.
  fileprivate var words: String {
    "\(events) events, \(intents) intents, \(time.components.seconds) s of its time, trace \(String(digest, radix: 16))"
  }
}

/// All runs together.
struct SimSum {
  private(set) var runs = 0
  private(set) var failures = 0
  private var events = 0
  private var intents = 0

  mutating func add(_ result: SeedResult) {
    runs += 1
    if !result.outcome.violations.isEmpty { failures += 1 }
    events += result.outcome.events
    intents += result.outcome.intents
  }

  /// The last line.
  var words: String {
    "\(runs) seeds, \(failures) failed; \(events) events, \(intents) intents"
  }
}
