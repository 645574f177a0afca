import ArgumentTable
import CredentialOptions

/// One command: its row in the command line, and what it does.
///
/// Each stands in a file of its own; what all of them take is said here.
struct AdminCommand: Sendable {
  /// Does what was asked; throws what ``Failure`` understands.
  typealias Action = @Sendable (Workplace) async throws -> ExitCode

  let table: CommandTable
  /// The words by which it is called, `identity create`.
  let words: [String]
  /// Whether it may make an identity: a signal does not end it then before that is in the journal.
  let makesIdentities: Bool
  let run: Action

  /// A command whose table lacks only the options that all of them have.
  init(
    _ table: CommandTable, below group: String? = nil, makesIdentities: Bool = false,
    run: @escaping Action
  ) {
    var table = table
    table.options += AdminCommand.commonOptions
    self.table = table
    self.makesIdentities = makesIdentities
    self.run = run
    words = (group.map { [$0] } ?? []) + [table.name]
  }

  /// All there are.
  static let all = [
    createIdentity, deleteIdentities, revokeTokens, issueToken, sendSMS, quickstart, cleanup,
  ]

  /// The command that is called by `words`.
  static func named(_ words: [String]) -> AdminCommand {
    guard let command = all.first(where: { $0.words == words }) else {
      preconditionFailure("no command \(words)")
    }
    return command
  }

  private static let commonOptions: [CommandTable.Option] =
    CredentialOptions.options + [
      .text(
        "certificate-authority", "PATH",
        "Trust this certificate authority too (or CONFAB_CERTIFICATE_AUTHORITY)"),
      .flag("json", "Print JSON for programs"),
      .flag("quiet", short: "q", "Say nothing on standard error but errors"),
      .flag("verbose", short: "v", "Write a line a request to standard error"),
    ]

  /// How they end, for their help.
  static let exitCodes = """
    It ends with 0 when all is done, 64 for a wrong command line, 65 when the service refuses what was asked, 69 when \
    it does not answer as it should, 77 when it does not let you in, and 78 for a wrong configuration.
    """
}
