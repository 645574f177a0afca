import ArgumentTable
import CredentialOptions

extension CommandTable {
  /// The command line of `confab-serve`.
  static let serve = CommandTable(
    "confab serve", summary: "The trusted user access service",
    about: [
      """
      Hands out user access tokens (GET or POST /token, POST /refreshToken/{userId}), tells who is known \
      (GET /users?q=) and steers calls (WebSocket /gateway). When it listens it prints one line of JSON with its \
      addresses.
      """,
      """
      The connection string and the access key are secrets: they come from a file that only its owner may read, or \
      from the environment, never from an argument.
      """,
      """
      Callers are not authenticated, so it listens on loopback only. ACS posts incoming calls to /events and call \
      events to /callbacks, at --public-url.
      """,
    ],
    options: CredentialOptions.options + [
      .integer("port", in: 0...65_535, "Listen on this port; 0 is any free one", default: 7760),
      .text("listen", "ADDRESS", "Listen on this address of loopback", default: "127.0.0.1"),
      .text("data", "DIR", "Keep who is who in this folder ($XDG_DATA_HOME/confab/serve)"),
      .flag("memory", "Keep nothing"),
      .text("ready-file", "PATH", "Write the line to this file once it listens"),
      .text(
        "certificate-authority", "PATH",
        "Trust this certificate authority too (or CONFAB_CERTIFICATE_AUTHORITY)"),
      .text("public-url", "URL", "Where ACS reaches this service, if not at its own address"),
      .flag("until-eof", "Stop when standard input ends"),
      .flag("quiet", short: "q", "Say nothing but the line and errors"),
      .flag("verbose", short: "v", "Write a line a request to standard error"),
    ],
    examples: [
      Example(
        "confab serve --connection-string-file ~/acs.secret", "Serve with the key in that file")
    ])
}
