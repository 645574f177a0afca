import ArgumentTable
import Executor
import ScriptKit

/// `confab script run`.
enum RunCommand {
  /// The exit code when a scene failed.
  static let failed: Int32 = 1

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let options = try RunOptions(arguments)
    let files = try ScriptFiles(arguments, command: "run")
    // A screen takes the signals itself, and gives the terminal back.
    if !options.steps { Interruption.watch() }
    guard options.watches else { return try play(files, options) }
    while true {
      // From before they are read, so that a change in the meantime is one, too.
      var watch = FileWatch {
        (try? ScriptFiles(arguments, command: "run"))?.watched ?? files.watched
      }
      do {
        let files = try ScriptFiles(arguments, command: "run")
        defer { watch.add(files.included.paths.sorted()) }
        _ = try play(files, options)
      } catch let error as UsageError {
        Output.complain(error.description)
      }
      Output.say("\nwaiting for a change; Ctrl-C ends it")
      watch.wait()
    }
  }

  private static func play(_ files: ScriptFiles, _ options: RunOptions) throws -> Int32 {
    let scripts: [Script]
    do {
      scripts = try files.parse()
    } catch let errors as ScriptErrors {
      Output.complain(errors.description)
      return ExitCode.usage.rawValue
    }
    let scenes = scripts.flatMap(\.scenes)
    for word in options.only
    where !scenes.contains(where: { $0.name == word || $0.tags.contains(word) }) {
      throw UsageError(
        "no scene is called or tagged \"\(word)\"; "
          + "there are \(scenes.prefix(20).map { "\"\($0.name)\"" }.joined(separator: ", "))",
        command: "confab script run")
    }
    let jobs = SceneJob.all(scripts, options)
    let begin = ContinuousClock.now
    var sum = RunSum()
    if options.steps {
      try step(jobs, options, &sum)
    } else {
      let runs = SceneRuns(jobs: jobs, threads: options.jobs) { job in
        defer { Interruption.waitForEndIfInterrupted() }
        return ScenePlay(job, options).result
      }
      runs.forEach { _, result in
        sum.add(result)
        RunReport.tell(result, options)
      }
    }
    try sum.write(options)
    if !options.isJSON { Output.say("\(sum.words) in \((.now - begin).inSeconds)") }
    return sum.exitCode
  }
}

extension RunCommand {
  /// Plays scenes line by line on this terminal.
  private static func step(
    _ jobs: [SceneJob], _ options: RunOptions, _ sum: inout RunSum
  ) throws {
    for job in jobs {
      let screen: StepScreen
      do { screen = try StepScreen() } catch { throw CommandError(.usage, "\(error)") }
      let result = ScenePlay(job, options, willDo: screen.willDo).result
      screen.end()
      if let signal = screen.interruption { ProgramEnd.leave(by: signal) }
      sum.add(result)
      RunReport.tell(result, options)
      if screen.isStopped { return }
    }
  }
}

extension Duration {
  /// Seconds with two digits behind the point.
  var inSeconds: String {
    let hundredths = components.seconds * 100 + components.attoseconds / 10_000_000_000_000_000
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
  }
}
