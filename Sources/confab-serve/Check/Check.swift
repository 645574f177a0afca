import ACSTypes
import ACSWire
import ArgumentTable
import Executor
import HTTPTransport
import ServerProgram
import ServiceAuth
import Services
import TrustedService

/// `confab serve --check`: tries everything that serving needs, and says how to mend what is not in order.
enum Check {
  /// What one trial found.
  struct Finding {
    /// How it looks.
    enum Mark: String {
      case good = "ok"
      case doubtful = "warn"
      case bad = "fail"
    }

    var what: String
    var mark: Mark
    var words: String
    /// How to mend it; empty when nothing is to be mended.
    var remedy = ""
    /// How the program ends for it.
    var exitCode = ExitCode.done
  }

  static func run(_ arguments: ParsedArguments) throws -> ExitCode {
    StopSignal.prepare()
    let executor = PosixExecutor(threads: 1, name: "tasks")
    let findings = executor.run { await look(arguments) }
    if arguments.flag("json") {
      StandardStreams.output(JSONValue.array(findings.map(\.json)).text)
    } else {
      for finding in findings { StandardStreams.output(finding.lines) }
    }
    return findings.map(\.exitCode).max { $0.rawValue < $1.rawValue } ?? .done
  }

  private static func look(_ arguments: ParsedArguments) async -> [Finding] {
    var findings: [Finding] = []
    let settings: Settings
    let live: LiveSettings
    do {
      settings = try Settings(arguments)
      live = try settings.sources.read()
      findings.append(CheckConfig.finding(settings, live))
    } catch {
      return [.init(error, of: "config", remedy: "Correct it there, and check again.")]
    }
    findings += await CheckCredential.findings(settings)
    findings.append(await CheckCallers.finding(settings, live))
    findings.append(await CheckStore.finding(settings))
    return findings
  }
}

extension Check.Finding {
  /// What an error found, with the exit code that it would have ended serving with.
  init(_ error: any Error, of what: String, remedy: String) {
    self.init(
      what: what, mark: .bad, words: ServeProgram.words(error), remedy: remedy,
      exitCode: ServeProgram.exitCode(error))
  }

  /// For people.
  fileprivate var lines: String {
    let name = what + String(repeating: " ", count: max(1, 11 - what.count))
    let mark = mark.rawValue + String(repeating: " ", count: 5 - mark.rawValue.count)
    let remedy = remedy.isEmpty ? "" : "\n                 To mend it: \(remedy)"
    return "\(mark) \(name)\(words)\(remedy)"
  }

  /// For programs.
  fileprivate var json: JSONValue {
    var json: JSONObject = [
      "check": .string(what), "result": .string(mark.rawValue), "message": .string(words),
    ]
    if !remedy.isEmpty { json["remedy"] = .string(remedy) }
    json["exitCode"] = .integer(Int64(exitCode.rawValue))
    return .object(json)
  }
}
