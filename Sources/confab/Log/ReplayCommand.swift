import ACSTypes
import ACSWire
import ArgumentTable
import ClientModel
import EventLog
import Glibc
import Views

/// `confab replay`: the states of a recorded run, with no network, no store and no terminal but for the screen.
enum ReplayCommand {
  static let table = CommandTable(
    "replay", summary: "show what a recorded run of the client went through",
    about: [
      """
      It makes the states of a run again from the file that confab --record wrote. Without options it tells how many \
      events there are, from when to when, what the client asked for, and prints the last screen. Nothing is asked of any \
      service, and nothing is kept.
      """,
      """
      A path names a part of the state: threads.open, or conversations[19:…@thread.v2].messages[-1].content. A log whose \
      lines cannot be read ends with exit code 65, line and column.
      """,
    ],
    options: [
      .integer(
        "at", in: 0...Int(Int32.max),
        "Stop after this event and print the screen; 0 is before the first"),
      .text(
        "until", "TIME", "Stop before the first event later than this, such as 2026-11-21T10:00:00Z"
      ),
      .text("size", "COLUMNSxROWS", "Draw screens of this size, not of the recorded one"),
      .text("theme", "NAME", "With --step, use this theme: a name or the path of a file"),
      .flag("state", "Print the state, or the part of it at PATH, instead of the screen"),
      .flag("follow-screens", "Print every screen that differs from the one before it"),
      .flag("step", "Step through the screens on this terminal: n and p, g and a number, q"),
      .flag("json", "Print JSON"),
    ],
    operands: [
      .init("FILE", "What --record wrote", count: .one),
      .init("PATH", "With --state, the part of the state that is wanted", count: .optional),
    ],
    examples: [
      .init("confab --record bug.events", "Record a run"),
      .init("confab replay bug.events --at 40", "The screen after the 40th event"),
      .init("confab replay bug.events --state threads.open", "A part of the last state"),
    ])

  static func run(_ arguments: ParsedArguments) -> Int32 {
    let path = arguments.operand(0) ?? ""
    if let part = arguments.operand(1), !arguments.flag("state") {
      let error = UsageError(
        "\(part) is a part of the state, for --state", command: "confab replay")
      return Program.fail(error.description, .usage)
    }
    guard let bytes = FileBytes.read(path) else {
      return Program.fail(
        "confab: \(path) cannot be read: \(String(cString: strerror(errno)))", .badData)
    }
    do {
      return try run(arguments, Replay(bytes), path)
    } catch let error as EventLogError {
      return Program.fail("confab: \(path):\(error)", .badData)
    } catch let error as UsageError {
      return Program.fail(error.description, .usage)
    } catch {
      return Program.fail("confab: \(error)", .configuration)
    }
  }

  private static func run(
    _ arguments: ParsedArguments, _ replay: Replay, _ path: String
  ) throws -> Int32 {
    let screen = ReplayedScreen(
      theme: try ChatCommand.theme(arguments.text("theme")), size: try size(arguments))
    if replay.header.program != Program.version {
      Program.tell(
        "confab: \(path) was recorded by confab \(replay.header.program), and this is "
          + "\(Program.version): states may differ")
    }
    if arguments.flag("step") {
      return try ReplayStepper(replay, screen).run(from: arguments.integer("at"))
    }
    var report = ReplayReport(
      replay, screen, isFollowing: arguments.flag("follow-screens"),
      isJSON: arguments.flag("json"))
    try report.run(at: arguments.integer("at"), until: try moment(arguments))
    if report.endsTorn {
      Program.tell("confab: \(path): the last line is cut short and was left out")
    }
    if let number = arguments.integer("at"), report.position < number {
      let end = report.endsEarly ? "event \(report.position + 1) is later" : "it ends"
      Program.tell(
        "confab: \(path): after event \(report.position) \(end): this is how it was then")
    }
    if arguments.flag("state") {
      guard report.printState(path: arguments.operand(1) ?? "") else {
        return Program.fail("confab: the state has no \(arguments.operand(1) ?? "")", .badData)
      }
    } else if !arguments.flag("follow-screens") {
      report.printEnd(
        withSummary: arguments.integer("at") == nil && arguments.text("until") == nil)
    }
    return ExitCode.done.rawValue
  }

  private static func size(_ arguments: ParsedArguments) throws -> Viewport? {
    guard let text = arguments.text("size") else { return nil }
    guard let size = Viewport(text: text) else {
      throw UsageError(
        "--size needs columns and rows such as 100x30, not '\(text)'", command: "confab replay")
    }
    return size
  }

  private static func moment(_ arguments: ParsedArguments) throws -> Timestamp? {
    guard let text = arguments.text("until") else { return nil }
    guard let moment = Timestamp(iso8601: text) else {
      throw UsageError(
        "--until needs a time such as 2026-11-21T10:00:00Z, not '\(text)'",
        command: "confab replay")
    }
    return moment
  }
}

extension Viewport {
  /// The size that a text such as `100x30` tells; `nil` for what is none, or larger than any terminal.
  init?(text: String) {
    let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let columns = numbers[0], let rows = numbers[1],
      (1...1000).contains(columns), (1...1000).contains(rows)
    else { return nil }
    self.init(columns: columns, rows: rows)
  }
}
