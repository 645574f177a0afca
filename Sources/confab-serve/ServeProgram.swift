import Services
import ACSTypes
import ArgumentTable
import Configuration
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
      return try run(parsed).rawValue
    } catch let error as UsageError {
      StandardStreams.error(error.description)
      return ExitCode.usage.rawValue
    } catch {
      StandardStreams.error("confab-serve: \(words(error))")
      return exitCode(error).rawValue
    }
  }

  private static func run(_ parsed: ParsedArguments) throws -> ExitCode {
    switch parsed.command.first {
    case "key":
      StopSignal.prepare()
      return try KeyCommands.run(parsed.command.last ?? "", parsed)
    case let command? where UserCommands.names.contains(command):
      StopSignal.prepare()
      return try UserCommands.run(command, parsed)
    default:
      if parsed.flag("check") { return try Check.run(parsed) }
      return try serve(Settings(parsed))
    }
  }

  private static func serve(_ settings: Settings) throws -> ExitCode {
    StopSignal.prepare()
    let folder = try settings.store.heldFolder.map { try DataFolderHold($0) }
    defer { folder?.release() }
    let sources = settings.sources
    let watch = FileWatch { sources.files }
    let server = try Server(settings)
    let ready = try settings.readyFile.map { try ReadyFile(path: $0, text: server.facts) }
    StandardStreams.output(server.facts)
    if settings.watchesInput { StopSignal.watchStandardInput() }
    watch.start { server.reload() }
    while StopSignal.waitForWord() == .reload { server.reload() }
    watch.stop()
    ready?.remove()
    server.stop()
    return .done
  }

  /// What an error says to people.
  static func words(_ error: any Error) -> String {
    switch error {
    case let error as CommandError: error.message
    case let error as ServiceAuthError: error.message
    case let error as HTTPServingError: error.message
    case let error as StoreError: error.message
    case let error as UsageError: error.message
    default: "\(error)"
    }
  }

  /// How the program ends for an error.
  static func exitCode(_ error: any Error) -> ExitCode {
    switch error {
    case let error as CommandError: error.exitCode
    case let error as ServiceAuthError: error.exitCode
    case is ConfigurationError: .configuration
    case is UsageError: .usage
    case let error as HTTPServingError:
      error.code == .identityRefused ? .configuration : .unavailable
    case let error as StoreError: exitCode(error)
    default: .unavailable
    }
  }
}

extension ServeProgram {
  private static func exitCode(_ error: StoreError) -> ExitCode {
    switch error.code {
    case .locked, .unavailable: .unavailable
    case .damaged, .newer: .badData
    case .notPermitted: .notPermitted
    case .unusable: .configuration
    }
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
