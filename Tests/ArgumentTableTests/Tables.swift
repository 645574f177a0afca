import ArgumentTable

/// A command with every kind of option.
let server = CommandTable(
  "confab-serve", summary: "Hand out user access tokens",
  about: [
    "Holds the access key, so that clients need none, and answers each caller's request for a user access token."
  ],
  options: [
    .integer(
      "port", short: "p", in: 0...65535, "Port to listen on; 0 means any free one", default: 7760),
    .text("data", "DIR", "Folder of the database"),
    .text("phone-number", "N", "Number that the resource owns", repeatable: true),
    .choice("limits", ["off", "real"], "Request budgets", default: "off"),
    .flag("verbose", short: "v", "Tell more on standard error"),
    .flag("verify", "Check the database first"),
  ],
  operands: [.init("USER", "Whose token"), .init("FILE", "What else to read", count: .many)],
  examples: [.init("confab-serve --port 0 Alice", "Listens on any free port")])

/// A command with commands below it.
let client = CommandTable(
  "confab", summary: "Chat and call in the terminal",
  options: [.text("config", short: "c", "PATH", "Configuration file")],
  subcommands: [
    CommandTable(
      "token", summary: "Look at user access tokens",
      subcommands: [
        CommandTable(
          "fetch", summary: "Ask the token service for a token",
          options: [.flag("json", "Print JSON")]),
        CommandTable(
          "inspect", summary: "Say what a token holds",
          operands: [.init("TOKEN", "The token, - for standard input", count: .optional)]),
      ], needsSubcommand: true),
    CommandTable("serve", summary: "Run the trusted service", passesOn: true),
  ])
