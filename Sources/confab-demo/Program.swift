import ArgumentTable
import Glibc

/// The command line of `confab-demo`, which people type as `confab demo`.
enum Program {
  /// The version that `--version` tells.
  static let version = "0.1.0"

  private static let table = CommandTable(
    "confab demo", summary: "chat and calls with Bob, all on this machine",
    about: [
      """
      Starts an emulator of the service and a trusted token service on free loopback ports, makes \
      people and threads, and shows the interface signed in as Alice. Bob answers messages and \
      calls. Leaving (Ctrl-Q) ends all of it and leaves nothing behind.
      """
    ],
    options: [
      .flag("headless", "Print the screen as text after the first sync, and leave"),
      .text("size", "COLUMNSxROWS", "The size of the screen that --headless prints"),
      .text("theme", "NAME", "Use this theme: a name or the path of a file"),
    ],
    examples: [
      CommandTable.Example("confab demo", "Try it"),
      CommandTable.Example("confab demo --headless --size 80x24", "See it as text"),
    ])

  /// Runs the command line and gives the exit code.
  static func run(_ arguments: [String]) -> Int32 {
    do {
      let parsed = try table.parse(arguments)
      switch parsed.request {
      case .help(let usage): print(usage, terminator: "")
      case .version: print("confab-demo \(version)")
      case .run: return run(parsed)
      }
      return ExitCode.done.rawValue
    } catch {
      say(error.description)
      return ExitCode.usage.rawValue
    }
  }

  private static func run(_ parsed: ParsedArguments) -> Int32 {
    var arguments = parsed.flag("headless") ? ["--headless"] : []
    for name in ["size", "theme"] {
      if let text = parsed.text(name) { arguments += ["--\(name)=\(text)"] }
    }
    do {
      return try Demo(clientArguments: arguments).run()
    } catch {
      if !error.message.isEmpty { say("confab demo: \(error.message)") }
      return error.exitCode
    }
  }

  /// Writes a line to standard error.
  static func say(_ text: String) {
    let bytes = Array("\(text)\n".utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
