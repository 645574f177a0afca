import ArgumentTable

/// One command below `confab chat`: its row in the command line, and what it does.
///
/// Each stands in a file of its own; what all of them take is said here.
struct ChatSubcommand: Sendable {
  /// Does what was asked; throws what ``ChatFailure`` understands.
  typealias Action = @Sendable (ChatWorkplace) async throws -> ExitCode

  let table: CommandTable
  /// Whether it goes on until Ctrl-C, which then ends it with 0.
  let goesOn: @Sendable (ParsedArguments) -> Bool
  let run: Action

  /// A command whose table lacks only the options that all of them have.
  init(
    _ table: CommandTable, goesOn: @escaping @Sendable (ParsedArguments) -> Bool = { _ in false },
    run: @escaping Action
  ) {
    var table = table
    table.options += ChatSubcommand.commonOptions
    self.table = table
    self.goesOn = goesOn
    self.run = run
  }

  /// All there are, in the order of the help.
  static var all: [ChatSubcommand] { [list, show, send, tail, watch, export, search, save] }

  private static let commonOptions: [CommandTable.Option] = [
    TokenCommand.configOption,
    .flag("json", "Print JSON for programs, one object a line"),
    .flag("quiet", short: "q", "Say nothing on standard error but errors"),
  ]

  /// What stands for a thread in all of them.
  static let threadOperand = CommandTable.Operand(
    "THREAD", "The thread's id, or its topic if no other thread has it")

  /// How they end, for their help.
  static let exitCodes = exitCodes(waits: "two minutes")

  /// The same for one that does not wait longer than `span`.
  static func exitCodes(waits span: String) -> String {
    """
    It ends with 0 when all is done, 64 for a wrong command line, 65 for a thread or message that is not there or not \
    the only one of its name, 69 when a service does not answer, 75 when it asks to wait longer than \
    \(span), 77 when nobody is signed in or the service does not \
    let you in, and 78 for a wrong configuration.
    """
  }
}
