import ACSAuth
import ArgumentTable

/// `confab token`: the token flow at the prompt.
enum TokenCommand {
  /// The command's row in the command line of `confab`.
  static let table = CommandTable(
    "token", summary: "see how a user access token is got, and what it says",
    subcommands: [
      TokenFetchCommand.table, TokenWatchCommand.table, TokenInspectCommand.table,
      CommandTable(
        "issue", summary: "issue one with the resource's credential", passesOn: true),
    ],
    needsSubcommand: true)

  /// Runs the subcommand that was named and gives the exit code.
  static func run(_ arguments: ParsedArguments) -> Int32 {
    switch arguments.command.last {
    case "inspect": TokenInspectCommand.run(arguments)
    case "watch": TokenWatchCommand.run(arguments)
    default: TokenFetchCommand.run(arguments)
    }
  }

  /// The option of those that read the config file.
  static let configOption = CommandTable.Option.text(
    "config", short: "c", "PATH", "Read this config file")

  /// The options of those that show a token once.
  static let options: [CommandTable.Option] = [
    .flag("json", "Print JSON for programs"),
    .flag("show-token", "Print the token itself, too; whoever has it can act as the user"),
  ]

  /// How they end, for their help.
  static let exitCodes = """
    It ends with 0 for a good token, 65 for what is no token, 69 when the token service does not answer as it should, \
    77 for an expired token or when the token service does not let you in, and 78 for a wrong configuration.
    """
}
