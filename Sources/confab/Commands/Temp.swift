import ArgumentTable
enum TokenCommand {
  static let table = CommandTable("token", summary: "x");
  static func run(_ p: ParsedArguments) -> Int32 { 0 }
}
