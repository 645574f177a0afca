import ArgumentTable
import Glibc

/// The one command that people type: the client itself, and the way to the other programs.
enum Program {
  /// The version that `--version` tells.
  static let version = "0.1.0"

  /// Runs the command line and gives the exit code.
  static func run(_ arguments: [String]) -> Int32 {
    occupyStandardStreams()
    // The other programs read their own command lines, help included.
    if let program = SiblingProgram(arguments) { return program.replaceThisProcess() }
    let isForAll = ["--man", "--complete"].contains(arguments.first)
    do {
      let parsed = try CommandTable.confab(
        isForHelp: isForAll || arguments.contains { ["--help", "-h"].contains($0) },
        isForChat: isForAll || arguments.contains("chat")
      )
      .parse(arguments)
      switch parsed.request {
      case .help(let usage): return say(usage)
      case .version: return say("confab \(version)")
      case .run: break
      }
      if let program = SiblingProgram(parsed.command + parsed.operands) {
        return program.replaceThisProcess()
      }
      switch parsed.command.first {
      case "chat": return ChatCommands.run(parsed)
      case "token": return TokenCommand.run(parsed)
      case "login": return LoginCommand.run(parsed)
      case "completions": return CompletionsCommand.run(parsed)
      case "replay": return ReplayCommand.run(parsed)
      case "logout": return LogoutCommand.run(parsed)
      default: return ChatCommand.run(parsed)
      }
    } catch {
      return fail(error.description, .usage)
    }
  }

  /// Takes the places of streams that the program was started without, which else a socket would get, and with it what is
  /// meant for people; writing to them still fails.
  private static func occupyStandardStreams() {
    for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 {
      // Opened in their order, each gets the lowest number that is free: its own.
      _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Prints to standard output.
  static func say(_ text: String) -> Int32 {
    print(text)
    return ExitCode.done.rawValue
  }

  /// Prints to standard error, for people.
  static func tell(_ text: String) {
    let bytes = Array("\(text)\n".utf8)
    write(STDERR_FILENO, bytes, bytes.count)
  }

  /// Prints to standard error why the program ends.
  static func fail(_ text: String, _ code: ExitCode) -> Int32 {
    tell(text)
    return code.rawValue
  }
}
