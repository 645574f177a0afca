import ACSTypes
import ACSWire
import ArgumentTable

extension EmulatorCommand {
  /// `confab emulator approve CODE`: signs somebody in by a device code, or refuses to.
  static let approve = EmulatorCommand(
    CommandTable(
      "approve", summary: "approve or refuse a sign-in by device code",
      options: [
        .text("user", "NAME", "Sign in as this person", default: "developer@confab.example"),
        .flag("deny", "Refuse the sign-in"),
      ],
      operands: [.init("CODE", "The code that the application shows, in any case")],
      examples: [
        CommandTable.Example(
          "confab emulator approve BCD4F6GHJ --user alice@contoso.example", "Sign in as Alice")
      ])
  ) { arguments, administration in
    let code = arguments.operand(0) ?? ""
    let isDenied = arguments.flag("deny")
    var body: [(String, JSONValue)] = [("approved", .bool(!isDenied))]
    if !isDenied, let user = arguments.text("user") { body.append(("user", .string(user))) }
    let answer = try await administration.ask(
      "POST", "/deviceCodes/\(code.percentEncoded)", .object(JSONObject(body)))
    let name = answer["userCode"]?.string ?? code
    let line =
      isDenied ? "\(name) is refused." : "\(name) is approved for \(answer["user"]?.string ?? "")."
    return Answer(lines: [line], json: answer)
  }
}
