import ArgumentTable
import Configuration
import EventLog

extension CommandTable {
  /// The command line of `confab`; `isForHelp` adds the text that only help shows, `isForChat` the
  /// commands below `chat`.
  static func confab(isForHelp: Bool, isForChat: Bool) -> CommandTable {
    CommandTable(
      "confab", summary: "chat and calls on Azure Communication Services, in a terminal",
      about: isForHelp ? about : [],
      options: [
        .text("config", short: "c", "PATH", "Read this config file"),
        .text("theme", "NAME", "Use this theme: a name or the path of a file"),
        .flag("headless", "Print the screen as text after the first sync, and leave"),
        .text(
          "size", "COLUMNSxROWS", "The size of the screen that --headless prints", default: "100x30"
        ),
        .text("record", "FILE", "Keep everything that happens in this file, for confab replay"),
        .choice(
          "redact", Redaction.allCases.map(\.rawValue),
          "What --record leaves out: tokens; also what people wrote; also who they are",
          default: Redaction.tokens.rawValue),
        .flag("force", "Let --record write over a file that is not empty"),
      ],
      examples: [
        Example("make demo", "Try everything on this machine"),
        Example("confab token fetch", "See each step of the token flow"),
      ],
      subcommands: [
        TokenCommand.table, LoginCommand.table, LogoutCommand.table, ReplayCommand.table,
        ChatCommands.table(isWanted: isForChat),
        CommandTable(
          "serve", summary: "the trusted user access service", passesOn: true),
        CommandTable("emulator", summary: "an emulator of the service", passesOn: true),
        CommandTable("identity", summary: "make and unmake identities", passesOn: true),
        CommandTable("sms", summary: "send text messages", passesOn: true),
        CommandTable(
          "quickstart", summary: "walk through identities and tokens once", passesOn: true),
        CommandTable(
          "cleanup", summary: "delete the identities that this machine made", passesOn: true),
        CommandTable("demo", summary: "all of it on this machine", passesOn: true),
        CommandTable(
          "script", summary: "play scripts against the client", passesOn: true),
        CompletionsCommand.table,
      ])
  }

  private static let about: [String] = {
    let example = ClientConfiguration.example.split(separator: "\n").map { "  \($0)" }
    return [
      """
      Without a subcommand, confab shows the interface: it fetches a user access token from the \
      configured token service, and your threads from the configured endpoint. F1 shows the keys.
      """,
      """
      The config file is $XDG_CONFIG_HOME/confab/config.json5 (~/.config/confab/config.json5) \
      unless --config or CONFAB_CONFIG names another. It is JSON5, for example:
      """, example.joined(separator: "\n"),
    ]
  }()
}
