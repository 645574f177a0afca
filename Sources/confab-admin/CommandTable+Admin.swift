import ArgumentTable

extension CommandTable {
  /// The command line of `confab-admin`, which people type as `confab identity create` and so on.
  static let admin = CommandTable(
    "confab", summary: "identities, tokens and text messages of a resource",
    about: [
      """
      These commands work for a whole resource, so they need its access key or a managed identity. Secrets come from \
      files that only their owner may read or from the environment, never from an argument.
      """
    ],
    subcommands: [
      CommandTable(
        "identity", summary: "make and unmake identities",
        subcommands: [
          AdminCommand.createIdentity.table, AdminCommand.deleteIdentities.table,
          AdminCommand.revokeTokens.table,
        ], needsSubcommand: true),
      CommandTable(
        "token", summary: "user access tokens", subcommands: [AdminCommand.issueToken.table],
        needsSubcommand: true),
      CommandTable(
        "sms", summary: "text messages", subcommands: [AdminCommand.sendSMS.table],
        needsSubcommand: true),
      AdminCommand.quickstart.table, AdminCommand.cleanup.table,
    ], needsSubcommand: true)
}
