import ArgumentTable
import Cells
import ClientModel
import CursesScreen
import Glibc
import KeyInput
import ScriptKit

/// `confab script record`.
enum RecordCommand {
  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let command = "confab script record"
    guard let path = arguments.operand(0) else {
      throw UsageError("no file is named", command: command)
    }
    guard arguments.flag("force") || DiskFiles.read(path) == nil else {
      throw UsageError("\(path) is there already; --force writes over it", command: command)
    }
    guard DiskFiles.mayWrite(path) else {
      throw UsageError("\(path) cannot be written", command: command)
    }
    var setting = SceneSetting()
    setting.users = (arguments.text("users") ?? "").split(separator: ",").map {
      $0.filter { $0 != " " }
    }
    let topic = arguments.text("thread") ?? ""
    // What is recorded is a script like any other: it is checked like one.
    let text = """
      users \(setting.users.joined(separator: ", "))
      thread "\(ScriptText.quoted(topic))" with \(setting.users.joined(separator: ", "))
      scene "recorded"
        advance 1s
      """
    do throws(ScriptErrors) {
      setting = try ScriptParser.parse(Array(text.utf8), path: "--users, --thread").setting
    } catch {
      throw UsageError(error.errors[0].message, command: command)
    }
    let screen: CursesScreen
    do { screen = try CursesScreen() } catch {
      throw CommandError(.usage, "\(error)")
    }
    setting.screen = RecordingSession.viewport(of: screen.size)
    do throws(StageError) {
      var session = try RecordingSession(setting, screen: screen, path: path)
      defer { screen.restore() }
      try session.run()
      screen.restore()
      guard session.write() else {
        // What was recorded is not to be had a second time.
        Output.pour(session.text)
        throw StageError("\(path) cannot be written; the script stands above")
      }
    } catch {
      screen.restore()
      throw CommandError(.internal, error.message)
    }
    Output.say("\(path) is written; 'confab script run \(shellQuoted(path))' plays it")
    return ExitCode.done.rawValue
  }
}
