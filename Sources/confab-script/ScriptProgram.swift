import ArgumentTable
import Glibc
import ScriptKit

/// The program: reads the command line and does what it says.
enum ScriptProgram {
  static let version = "0.1.0"

  static func run(_ arguments: [String]) -> Int32 {
    let code = answer(arguments)
    return code == ExitCode.done.rawValue && Output.isBroken ? ExitCode.internal.rawValue : code
  }

  private static func answer(_ arguments: [String]) -> Int32 {
    do {
      let parsed = try CommandTable.script.parse(arguments)
      switch parsed.request {
      case .help(let text):
        Output.say(text)
        return ExitCode.done.rawValue
      case .version:
        Output.say("confab-script \(version)")
        return ExitCode.done.rawValue
      case .run: break
      }
      switch parsed.command.first {
      case "record": return try RecordCommand.run(parsed)
      case "check": return try CheckCommand.run(parsed)
      case "language": return LanguageCommand.run(parsed)
      default: return try RunCommand.run(parsed)
      }
    } catch let error as UsageError {
      Output.complain(error.description)
      return ExitCode.usage.rawValue
    } catch let error as CommandError {
      Output.complain("confab script: \(error.message)")
      return error.exitCode.rawValue
    } catch {
      Output.complain("confab script: \(error)")
      return ExitCode.internal.rawValue
    }
  }
}
