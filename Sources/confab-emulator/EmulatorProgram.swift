import Services
import ACSTypes
import ArgumentTable
import Configuration
import Emulator
import Executor
import Glibc
import HTTPServing
import HTTPTransport
import ServerProgram
import ServiceAuth

/// The program: reads the command line, listens, tells where, and waits for the word to stop.
enum EmulatorProgram {
  static func run(_ arguments: [String]) -> Int32 {
    do {
      let parsed = try CommandTable.emulator.parse(arguments)
      switch parsed.request {
      case .help(let usage):
        StandardStreams.output(usage)
        return ExitCode.done.rawValue
      case .version:
        StandardStreams.output("confab-emulator 0.1.0")
        return ExitCode.done.rawValue
      case .run: break
      }
      guard parsed.command.isEmpty else { return EmulatorCommand.run(parsed) }
      return serve(try Settings(parsed))
    } catch let error as UsageError {
      StandardStreams.error(error.description)
    } catch {
      StandardStreams.error("confab-emulator: \(error)")
    }
    return ExitCode.usage.rawValue
  }

  private static func serve(_ settings: Settings) -> Int32 {
    StopSignal.prepare()
    do {
      let resource = try Resource(settings)
      let servers = try Servers(settings, resource)
      let facts = Facts(settings, resource, servers)
      resource.emulator.tells(facts: facts.printed)
      let ready = try settings.readyFile.map { try ReadyFile(path: $0, text: facts.whole) }
      StandardStreams.output(facts.printed)
      if settings.watchesInput { StopSignal.watchStandardInput() }
      StopSignal.wait()
      ready?.remove()
      servers.stop()
      return ExitCode.done.rawValue
    } catch let error as UsageError {
      StandardStreams.error(error.description)
      return ExitCode.usage.rawValue
    } catch let error as StoreError {
      StandardStreams.error("confab-emulator: \(error)")
      return ExitCode.badData.rawValue
    } catch let error as ConfigurationError {
      StandardStreams.error("confab-emulator: \(error)")
      return ExitCode.badData.rawValue
    } catch let error as HTTPServingError {
      StandardStreams.error("confab-emulator: \(error.message)")
      return ExitCode.unavailable.rawValue
    } catch let error as ServiceAuthError {
      StandardStreams.error("confab-emulator: \(error.message)")
      return ExitCode.badData.rawValue
    } catch {
      StandardStreams.error("confab-emulator: \(error)")
      return ExitCode.unavailable.rawValue
    }
  }
}
