import ACSTypes
import ACSWire
import ArgumentTable
import Executor
import ServerProgram

extension EmulatorCommand {
  /// `confab emulator requests`: what was asked lately, and what is asked now.
  static let requests = EmulatorCommand(
    CommandTable(
      "requests", summary: "show the last requests, oldest first",
      options: [
        .integer("limit", "COUNT", in: 1...1000, "Show so many of the last ones", default: 100),
        .flag("follow", short: "f", "Go on with those to come, until interrupted"),
      ],
      examples: [
        CommandTable.Example("confab emulator requests --follow", "Watch what an app does")
      ])
  ) { arguments, administration in
    var answer = try await administration.ask(
      "GET", "/requests?limit=\(arguments.integer("limit") ?? 100)")
    let isJSON = arguments.flag("json")
    guard arguments.flag("follow") else {
      let lines = (answer["value"]?.array ?? []).map(line)
      return Answer(lines: lines.isEmpty ? ["Nothing was asked yet."] : lines, json: answer)
    }
    let timer = SystemTimer()
    while true {
      for request in answer["value"]?.array ?? [] {
        StandardStreams.output(isJSON ? request.text : line(request))
      }
      try await timer.wait(.milliseconds(200))
      answer = try await administration.ask(
        "GET", "/requests?limit=1000&after=\(answer["last"]?.integer ?? 0)")
    }
  }

  private static func line(_ request: JSONValue) -> String {
    let target =
      request.shown("path") + (request["query"] == nil ? "" : "?\(request.shown("query"))")
    var line = "\(request.shown("time"))  \(request.shown("status"))  \(request.shown("method")) "
    line += "\(target)  \(request.shown("ms")) ms"
    if request["caller"] != nil { line += "  \(request.shown("caller"))" }
    if request["why"] != nil { line += "\n    \(request.shown("why"))" }
    return line
  }
}
