import ArgumentTable

extension CommandTable {
  /// The command line of `confab-emulator`.
  static let emulator = CommandTable(
    "confab emulator", summary: "Azure Communication Services on this machine",
    about: [
      """
      Serves Identity, Chat, SMS, Rooms and a slice of Call Automation over HTTP and HTTPS, so that Microsoft's own SDKs \
      work with it, and beside it what hands out Entra tokens: a tenant, and a machine's managed identity. When it listens it prints one line of JSON: the endpoints, the connection string, and the certificate \
      authority that clients are to trust.
      """,
      """
      The access key is the same on every machine, so that a connection string pasted into an app stays good. It is \
      no secret; --random-key makes one that is, and secrets of the Entra application, too.
      """,
    ],
    options: [
      .integer("port", in: 0...65_535, "Serve HTTP on this port; 0 is any free one", default: 7750),
      .integer(
        "https-port", in: 0...65_535, "Serve HTTPS on this port; 0 is any free one", default: 7751),
      .integer(
        "imds-port", in: 0...65_535,
        "The metadata service's port; 7752 beside --port 7750, else any free one"),
      .integer(
        "admin-port", in: 0...65_535,
        "The administration's port; 7753 beside --port 7750, else any free one"),
      .text("listen", "ADDRESS", "Listen on this address", default: "127.0.0.1"),
      .text("data", "DIR", "Keep everything in this folder ($XDG_DATA_HOME/confab/emulator)"),
      .flag("memory", "Keep nothing but the certificate authority"),
      .flag("ephemeral", "Keep nothing at all; HTTPS clients then cannot trust it"),
      .flag("random-key", "Take an access key and other secrets of its own, kept with the data"),
      .text(
        "phone-number", "NUMBER", "Own this telephone number, besides +18335550100",
        repeatable: true),
      .choice(
        "device-code", ["auto", "manual"],
        "Approve device codes after the first poll, or by the command approve (auto; manual with "
          + "--random-key)"),
      .duration(
        "token-lifetime", "TIME", in: .seconds(1)...(.seconds(86_400)),
        "Let user access tokens live this long, whatever was asked for; 90s, 2m, 1h"),
      .flag("strict-versions", "Refuse api-versions that are not known, as the service does"),
      .choice("limits", ["off", "real"], "Keep the service's request budgets", default: "off"),
      .text("event-grid", "URL", "Post Event Grid events to this web hook", repeatable: true),
      .text("seed", "FILE", "Begin with the people and threads of this JSON5 file"),
      .text("log", "FILE", "Append one line of JSON a request to this file; - is standard output"),
      .text("ready-file", "PATH", "Write the line to this file once it listens"),
      .flag("until-eof", "Stop when standard input ends"),
      .flag("quiet", short: "q", "Say nothing but the line and errors"),
      .flag("verbose", short: "v", "Write a line a request to standard error"),
    ],
    examples: [
      Example("confab emulator", "Serve on 7750 and 7751"),
      Example(
        "confab emulator --memory --port 0 --https-port 0", "Serve on free ports, keep no data"),
    ],
    subcommands: EmulatorCommand.all.map(\.table))
}
