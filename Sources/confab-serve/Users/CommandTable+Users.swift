import ArgumentTable
import CredentialOptions

extension CommandTable {
  /// Where the users are, for the commands beside the running service.
  private static let storeOptions: [Option] = [
    .text("data", "DIR", "The data folder of the service ($XDG_DATA_HOME/confab/serve)"),
    store, storeFile,
    .text("config", "PATH", "The config file of the service"),
    .flag("json", "Print JSON"),
  ]

  /// What is needed to change something at ACS.
  private static let credentialOptions: [Option] =
    CredentialOptions.options + [
      auditLog,
      .text(
        "certificate-authority", "PATH",
        "Trust this certificate authority too (or CONFAB_CERTIFICATE_AUTHORITY)"),
    ]

  private static let user = Operand("USER", "The name that callers use, or the identity (8:acs:…)")

  /// `confab serve explain USER`.
  static let explain = CommandTable(
    "explain", summary: "show which tokens a user was given, and why",
    about: [
      """
      For each token: when, what for, until when, whether it holds, for which identity, by which of the service's \
      credentials, who asked and how. The service may run meanwhile.
      """
    ],
    options: [
      .integer("limit", in: 1...10_000, "Show this many tokens, the newest", default: 50)
    ] + storeOptions,
    operands: [user], examples: [Example("confab serve explain alice", "Alice's tokens")])

  /// `confab serve users`.
  static let users = CommandTable(
    "users", summary: "show everybody who has an identity", options: storeOptions)

  /// `confab serve revoke USER`.
  static let revoke = CommandTable(
    "revoke", summary: "make all tokens of a user worthless",
    about: ["The user may ask for new ones at once; who shall not loses the key, or is erased."],
    options: credentialOptions + storeOptions, operands: [user])

  /// `confab serve erase USER`.
  static let erase = CommandTable(
    "erase", summary: "delete a user's identity, and all that is kept about them",
    about: [
      """
      The user is out of the directory at once. When ACS cannot be asked then, the running service goes on with it \
      every few minutes, as the same command does.
      """
    ],
    options: credentialOptions + storeOptions, operands: [user])
}
