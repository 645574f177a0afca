import ACSWire
import ArgumentTable
import ScriptKit

/// What is told of one scene.
enum RunReport {
  static func tell(_ result: SceneResult, _ options: RunOptions) {
    if options.isJSON {
      Output.pour(json(result))
      return
    }
    if let failure = result.failure {
      Output.say("\(failure.report)\n")
    } else if !options.isQuiet {
      let weather = result.weatherPlays > 0 ? ", \(result.weatherPlays) under faults" : ""
      Output.say("ok    \(result.path): \(result.scene) (\(result.duration.inSeconds)\(weather))")
    }
    guard !options.isQuiet else { return }
    for note in result.notes { Output.say("      \(note)") }
  }

  private static func json(_ result: SceneResult) -> String {
    var object: JSONObject = [
      "file": .string(result.path), "scene": .string(result.scene),
      "line": .integer(Int64(result.place.line)), "passed": .bool(result.failure == nil),
      "steps": .integer(Int64(result.steps)),
      "weatherPlays": .integer(Int64(result.weatherPlays)),
      "milliseconds": .integer(
        result.duration.components.seconds * 1000
          + result.duration.components.attoseconds / 1_000_000_000_000_000),
    ]
    if let failure = result.failure {
      object["failedLine"] = .integer(Int64(failure.place.line))
      object["failedFile"] = .string(failure.place.file)
      object["message"] = .string(failure.message)
      object["report"] = .string(failure.report)
    }
    return JSONValue.object(object).text
  }
}

/// All scenes together.
struct RunSum {
  private(set) var results: [SceneResult] = []

  var failures: Int { results.count { $0.failure != nil } }

  /// What the program ends with.
  var exitCode: Int32 {
    if results.contains(where: \.isUnwritten) { return ExitCode.internal.rawValue }
    return failures == 0 ? ExitCode.done.rawValue : RunCommand.failed
  }

  mutating func add(_ result: SceneResult) { results.append(result) }

  /// The last line.
  var words: String {
    "\(counted(results.count, "scene")), \(results.count - failures) passed, \(failures) failed"
  }

  /// Writes the report and the trace that were asked for.
  func write(_ options: RunOptions) throws {
    if let path = options.report { try write(path, JUnitReport(results).text) }
    if let path = options.trace {
      let lines = results.flatMap {
        ["# \($0.path.withoutSteering): \(ScriptText.quoted($0.scene))"] + $0.trace
      }
      try write(path, lines.joined(separator: "\n") + "\n")
    }
  }

  private func write(_ path: String, _ text: String) throws {
    guard DiskFiles.write(toNamed: path, Array(text.utf8)) else {
      throw CommandError(.internal, "\(path) cannot be written")
    }
  }
}
