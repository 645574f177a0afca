import ACSTypes
import ArgumentTable
import CredentialOptions
import Glibc
import HTTPServing
import ServerProgram
import ServiceAuth
import TrustedService

/// The program: reads the command line, listens, tells where, and waits for the word to stop.
enum ServeProgram {
  static func run(_ arguments: [String]) -> Int32 {
    do {
      let parsed = try CommandTable.serve.parse(arguments)
      switch parsed.request {
      case .help(let usage):
        StandardStreams.output(usage)
        return ExitCode.done.rawValue
      case .version:
        StandardStreams.output("confab-serve 0.1.0")
        return ExitCode.done.rawValue
      case .run: break
      }
      return try serve(Settings(parsed)).rawValue
    } catch let error as UsageError {
      StandardStreams.error(error.description)
      return ExitCode.usage.rawValue
    } catch let error as ServiceAuthError {
      return fail(error.message, error.exitCode)
    } catch let error as HTTPServingError {
      return fail(error.message, .unavailable)
    } catch let error as StoreError {
      return fail(error.message, error.code == .locked ? .unavailable : .badData)
    } catch {
      return fail("\(error)", .unavailable)
    }
  }

  private static func serve(_ settings: Settings) throws -> ExitCode {
    StopSignal.prepare()
    let folder = try settings.folder.map { try DataFolderHold($0) }
    defer { folder?.release() }
    let server = try Server(settings, usersPath: settings.folder.map { "\($0)/users.sqlite" })
    let ready = try settings.readyFile.map { try ReadyFile(path: $0, text: server.facts) }
    StandardStreams.output(server.facts)
    if settings.watchesInput { StopSignal.watchStandardInput() }
    StopSignal.wait()
    ready?.remove()
    server.stop()
    return .done
  }

  private static func fail(_ message: String, _ code: ExitCode) -> Int32 {
    StandardStreams.error("confab-serve: \(message)")
    return code.rawValue
  }
}

/// Keeps the data folder taken while the program runs.
final class DataFolderHold {
  private var folder: DataFolder?

  init(_ path: String) throws {
    folder = try DataFolder(path)
  }

  /// Gives the folder up.
  func release() {
    folder = nil
  }
}
