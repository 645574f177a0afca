import ACSWire
import ArgumentTable
import ScriptKit

/// `confab script check`.
enum CheckCommand {
  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let isJSON = arguments.flag("json")
    let files = try ScriptFiles(arguments, command: "check")
    do {
      let scripts = try files.parse()
      let scenes = scripts.reduce(0) { $0 + $1.scenes.count }
      if !isJSON {
        Output.say("\(counted(scripts.count, "script")), \(counted(scenes, "scene")): no errors")
      }
      return ExitCode.done.rawValue
    } catch let errors as ScriptErrors {
      for error in errors.errors {
        if isJSON { Output.pour(json(error)) } else { Output.complain(error.description) }
      }
      return ExitCode.usage.rawValue
    }
  }

  private static func json(_ error: ScriptError) -> String {
    let object: JSONObject = [
      "file": .string(error.place.file), "line": .integer(Int64(error.place.line)),
      "column": .integer(Int64(error.place.column)), "message": .string(error.message),
    ]
    return JSONValue.object(object).text
  }
}

/// `1 scene`, `2 scenes`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
