import ArgumentTable
import Glibc
import ScriptKit

/// What `confab script run` was asked for.
struct RunOptions: Sendable {
  let only: [String]
  let jobs: Int
  let shuffle: UInt64?
  let seed: UInt64?
  let updates: Bool
  let report: String?
  let trace: String?
  let watches: Bool
  let steps: Bool
  let isJSON: Bool
  let isQuiet: Bool
  /// True when built programs are played with, in pseudo-terminals.
  let inTerminals: Bool
  /// The options that choose the stage, as a command repeats them.
  let stageWords: String
  /// The running services against which scenes are played; `nil` for a world in memory.
  let target: LiveTarget?
  /// The faults under which scenes are played, too; `nil` for none.
  let weather: WeatherSetting?

  init(_ arguments: ParsedArguments) throws {
    only = arguments.texts("only")
    steps = arguments.flag("step")
    jobs = steps ? 1 : arguments.integer("jobs") ?? 1
    shuffle = arguments.integer("shuffle").map(UInt64.init)
    seed = arguments.integer("seed").map(UInt64.init)
    updates = arguments.flag("update")
    report = arguments.text("report")
    trace = arguments.text("trace")
    watches = arguments.flag("watch")
    isJSON = arguments.flag("json")
    isQuiet = arguments.flag("quiet")
    inTerminals = arguments.flag("pty")
    stageWords =
      (inTerminals ? " --pty" : "")
      + ["against", "endpoint", "ca"].compactMap { name in
        arguments.text(name).map { " --\(name) \(shellQuoted($0))" }
      }.joined()
    if inTerminals, arguments.text("against") != nil {
      throw UsageError(
        "--pty and --against are two stages; choose one", command: "confab script run")
    }
    target = try arguments.text("against").map { try LiveTarget(arguments, url: $0) }
    if inTerminals || target != nil, arguments.integer("weather") != nil {
      throw UsageError("--weather needs the virtual clock", command: "confab script run")
    }
    for (option, needed, isThere) in [
      ("weather-only", "weather", arguments.integer("weather") != nil),
      ("weather-seed", "weather", arguments.integer("weather") != nil),
      ("endpoint", "against", target != nil), ("ca", "against", target != nil),
    ] where arguments.flag(option) && !isThere {
      throw UsageError("--\(option) needs --\(needed)", command: "confab script run")
    }
    weather = try arguments.integer("weather").map { count in
      let first = UInt64(arguments.integer("weather-seed") ?? 1)
      let only = try arguments.text("weather-only").map { text in
        guard text != "none" else { return [Int]() }
        let places = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard !places.contains(nil), count == 1 else {
          throw UsageError(
            "--weather-only takes places such as 3,17, or none, and needs --weather 1",
            command: "confab script run")
        }
        return places.compactMap(\.self)
      }
      return WeatherSetting(seeds: first...(first + UInt64(count) - 1), only: only)
    }
    if updates, getenv("CI") != nil {
      throw UsageError("where CI is set no snapshot is written", command: "confab script run")
    }
  }
}
