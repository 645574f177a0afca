import ArgumentTable
import BenchProgram
import FoundationEssentials
import Glibc

/// The thresholds in the file, or the built-in ones.
func thresholds(_ path: String?) throws -> Thresholds {
  guard let path else { return Thresholds() }
  guard let data = FileManager.default.contents(atPath: path) else {
    throw BenchError(description: "cannot read \(path)")
  }
  do {
    return try JSONDecoder().decode(Thresholds.self, from: data)
  } catch {
    throw BenchError(description: "\(path): \(error)")
  }
}

/// Measures everything that the command line asks for.
func measure(_ arguments: ParsedArguments) throws -> Report {
  let limits = try thresholds(arguments.text("thresholds"))
  let programs = [
    Program(
      name: "the client", command: split(command: arguments.text("client") ?? ""),
      readyText: arguments.text("ready-text") ?? ""),
    Program(
      name: "the minimal program", command: [arguments.text("minimal") ?? ""],
      readyText: arguments.text("minimal-ready-text") ?? ""),
  ]
  let starts = arguments.integer("starts") ?? 20
  let paints = try firstPaint(of: programs, starts: starts)
  let keys = arguments.integer("keys") ?? 2000
  let echoes = try echo(of: programs, keys: keys)
  var lines = [
    Measurement(
      "first paint, median of \(starts)", "ms", client: paints[0].median.inMilliseconds,
      minimal: paints[1].median.inMilliseconds,
      judged: paints[0].median.inMilliseconds / paints[1].median.inMilliseconds,
      limit: limits.paintRatio),
    Measurement(
      "key to echo, median of \(keys)", "ms", client: echoes[0].times.median.inMilliseconds,
      minimal: echoes[1].times.median.inMilliseconds,
      judged: echoes[0].times.median.inMilliseconds / echoes[1].times.median.inMilliseconds,
      limit: limits.echoRatio),
    Measurement(
      "key to echo, 99 of 100 within", "ms", client: echoes[0].times.percentile(99).inMilliseconds,
      minimal: echoes[1].times.percentile(99).inMilliseconds),
    Measurement(
      "bytes sent for a typed character", "bytes", client: echoes[0].bytesPerCharacter,
      minimal: echoes[1].bytesPerCharacter, judged: echoes[0].bytesPerCharacter,
      limit: limits.bytesPerCharacter, isCount: true),
  ]
  let seconds = arguments.integer("idle") ?? 30
  guard seconds > 0 else { return Report(measurements: lines) }
  let usages = try idle(of: programs, for: .seconds(seconds))
  let polls = Double(arguments.integer("polls") ?? (seconds + 1) / 2)
  let times = usages.map { Double($0.nanoseconds) / 1_000_000 }
  lines += [
    Measurement(
      "idle \(seconds) s, processor time", "ms", client: times[0], minimal: times[1],
      judged: times[0], limit: limits.idleMillisecondsPerPoll * polls, isCount: true),
    Measurement(
      "idle \(seconds) s, wake-ups", "times", client: Double(usages[0].wakeUps),
      minimal: Double(usages[1].wakeUps), judged: Double(usages[0].wakeUps),
      limit: limits.idleWakeUpsPerPoll * polls, isCount: true),
    Measurement(
      "memory, most held", "KiB", client: Double(usages[0].peakMemory),
      minimal: Double(usages[1].peakMemory)),
  ]
  return Report(measurements: lines)
}

/// Measures how much longer the second client of the command line takes to its first paint than the first.
func paintGrowth(_ arguments: ParsedArguments) throws -> [Figure] {
  let programs = arguments.operands.map { command in
    Program(
      name: command, command: split(command: command),
      readyText: arguments.text("ready-text") ?? "")
  }
  let starts = arguments.integer("starts") ?? 1
  let paints = try firstPaint(of: programs, starts: starts)
  let limit = try thresholds(arguments.text("thresholds")).paintGrowth
  let medians = paints.map(\.median.inMilliseconds)
  return zip(["few", "many"], paints).map { name, times in
    Figure(
      "first paint with \(name) threads, median of \(starts)", times.median.inMilliseconds, "ms",
      atMost: nil, "9 of 10 within \(Figure.text(times.percentile(90).inMilliseconds))")
  } + [Figure("many over few", medians[1] / medians[0], "", atMost: limit)]
}

BenchProgram.run(commandTable) { arguments in
  // Both programs see the same terminal, whatever this one is.
  setenv("TERM", "xterm-256color", 1)
  setenv("LC_ALL", "C.UTF-8", 1)
  for name in ["LINES", "COLUMNS", "NO_COLOR"] { unsetenv(name) }
  if arguments.command.last == "paint" {
    return try paintGrowth(arguments).tell(isChecked: arguments.flag("check"))
  }
  guard arguments.text("client")?.isEmpty == false else {
    throw UsageError("option '--client' is needed", command: commandTable.name)
  }
  let report = try measure(arguments)
  BenchProgram.say(report.table)
  if let path = arguments.text("json") {
    guard FileManager.default.createFile(atPath: path, contents: try report.json()) else {
      throw BenchError(description: "cannot write \(path): \(lastError)")
    }
  }
  return report.isGood(isStrict: arguments.flag("strict")) ? ExitCode.done.rawValue : 1
}
