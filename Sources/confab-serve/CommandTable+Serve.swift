import ArgumentTable
import CredentialOptions

extension CommandTable {
  /// The command line of `confab-serve`.
  static let serve = CommandTable(
    "confab serve", summary: "The trusted user access service",
    about: [
      """
      Hands out user access tokens (/token, /refreshToken/{userId}, /api/token, /api/user), tells who is known \
      (GET /users?q=) and steers calls (WebSocket /gateway). When it listens it prints one line of JSON with its \
      addresses. docs/trusted-service.md has the routes and a whole config file.
      """,
      """
      The connection string and the access key are secrets: they come from a file that only its owner may read, or \
      from the environment, never from an argument.
      """,
      """
      Callers prove who they are by API keys ('confab serve key add') or by an authority's tokens (--oidc-issuer), and \
      get tokens for their own identity only. Without --callers they prove nothing, and it listens on loopback only. ACS \
      posts incoming calls to /events and call events to /callbacks, at --public-url.
      """,
      """
      Changed files (config, keys, credential, certificate) are taken in within a second or two, and on SIGHUP.
      """,
    ],
    options: CredentialOptions.options + serving + callers,
    examples: [
      Example(
        "confab serve --connection-string-file ~/acs.secret", "Serve with the key in that file"),
      Example(
        "confab serve --config serve.json5 --check",
        "Say whether everything is in order, and how to mend what is not"),
    ],
    subcommands: [
      CommandTable(
        "key", summary: "who may ask with an API key",
        subcommands: [keyAdd, keyList, keyRemove], needsSubcommand: true),
      explain, users, revoke, erase,
    ])

  private static let serving: [CommandTable.Option] = [
    .text("config", "PATH", "Read this config file (JSON5); options win over it"),
    .flag(
      "check", "Try config, credential, clock, callers and store, say how to mend each, and leave"),
    .flag("json", "With --check: print the findings as JSON"),
    .integer("port", in: 0...65_535, "Listen on this port; 0 is any free one (7760)"),
    .text("listen", "ADDRESS", "Listen on this address (127.0.0.1); others need --callers"),
    .text("tls-certificate", "PATH", "Serve HTTPS with the certificates in this file"),
    .text("tls-key", "PATH", "Serve HTTPS with the key in this file"),
    .flag("behind-proxy", "A proxy that speaks TLS is the only way in"),
    .text("trusted-proxy", "RANGE", "Believe this proxy's X-Forwarded-For", repeatable: true),
    .text("data", "DIR", "Keep who is who in this folder ($XDG_DATA_HOME/confab/serve)"),
    .flag("memory", "Keep nothing"),
    store, storeFile,
    auditLog,
    .text("ready-file", "PATH", "Write the line to this file once it listens"),
    .text(
      "certificate-authority", "PATH",
      "Trust this certificate authority too (or CONFAB_CERTIFICATE_AUTHORITY)"),
    .text("public-url", "URL", "Where ACS reaches this service, if not at its own address"),
    .flag("until-eof", "Stop when standard input ends"),
    .flag("quiet", short: "q", "Tell of trouble only, not of each request"),
    .flag("verbose", short: "v", "Tell of every request, those of watchers too"),
  ]

  private static let callers: [CommandTable.Option] = [
    Option(
      long: "callers", value: .choice(["keys", "oidc"]),
      help: "What callers prove themselves with", repeatable: true),
    keysFile,
    .text("oidc-issuer", "URL", "Take tokens of this authority"),
    .text("oidc-audience", "NAME", "Take its tokens for this audience", repeatable: true),
    .text("oidc-jwks", "URL", "Where its keys are, if discovery does not tell"),
    .text(
      "cors-origin", "ORIGIN", "Web pages of this origin may use the service", repeatable: true),
    .integer(
      "rate-limit", in: 0...1_000_000, "Requests a second of one caller; 0 for no limit (10)"),
  ]

  static let store = CommandTable.Option.text(
    "store", "URL",
    "Keep who is who in this PostgreSQL, postgres://user@host/database, for several instances "
      + "(or CONFAB_STORE)")
  static let storeFile = CommandTable.Option.text(
    "store-file", "PATH", "Read the URL with its password from this file")

  static let auditLog = CommandTable.Option.text(
    "audit-log", "PATH",
    "Add a line for each token, revocation and erasure to this file, not to standard error")

  private static let keysFile = CommandTable.Option.text(
    "keys-file", "PATH", "Where API keys are kept (keys.json in the data folder)")

  /// Where the commands for keys find the file.
  private static let keyOptions: [CommandTable.Option] = [
    keysFile,
    .text("data", "DIR", "The data folder of the service"),
    .text("config", "PATH", "The config file of the service"),
    .flag("json", "Print JSON"),
  ]

  private static let keyAdd = CommandTable(
    "add", summary: "make a key and print it, once",
    about: [
      """
      A key is for one user: NAME, or the one given by --user. With --for or --for-anybody it is a service's, which \
      names the users for whom it asks. Only a salted hash of it is kept.
      """
    ],
    options: [
      .text("user", "NAME", "Whose key it is (NAME)"),
      .text("for", "NAME", "A service's key, to ask for this user", repeatable: true),
      .flag("for-anybody", "A service's key, to ask for every user"),
      .flag("events", "A key for posting events to /events, and for nothing else"),
      .text("scope", "SCOPE", "A scope that its tokens may have (all)", repeatable: true),
      .integer("lifetime", "MINUTES", in: 60...1440, "The longest life of its tokens (1440)"),
      .integer("rate", in: 1...1_000_000, "Requests a second, if not the service's own limit"),
      .flag("replace", "Let it take the place of a key of the same name"),
    ] + keyOptions,
    operands: [Operand("NAME", "What the key is called in lists and logs")],
    examples: [
      Example("confab serve key add alice --scope chat", "A key of Alice's, for chat only"),
      Example("confab serve key add web-app --for-anybody", "A key for the server of a web app"),
    ])

  private static let keyList = CommandTable(
    "list", summary: "show the keys, without their text", options: keyOptions)

  private static let keyRemove = CommandTable(
    "remove", summary: "end a key", options: keyOptions,
    operands: [Operand("NAME", "What the key is called")])
}
