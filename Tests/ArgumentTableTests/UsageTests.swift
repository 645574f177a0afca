import ArgumentTable
import Testing

@Suite("Help")
struct UsageTests {
  @Test("lists operands, options with defaults, and examples")
  func server() {
    let expected = """
      Usage: confab-serve [OPTION]... USER [FILE]...

      Hand out user access tokens.

      Holds the access key, so that clients need none, and answers each caller's
      request for a user access token.

      Operands:
        USER  Whose token
        FILE  What else to read

      Options:
        -p, --port N           Port to listen on; 0 means any free one (default 7760)
            --data DIR         Folder of the database
            --phone-number N   Number that the resource owns (may be repeated)
            --limits off|real  Request budgets (default off)
        -v, --verbose          Tell more on standard error
            --verify           Check the database first
        -h, --help             Show this help and leave
            --version          Show the version and leave

      Examples:
        confab-serve --port 0 Alice
            Listens on any free port

      """
    #expect(ArgumentTableTests.server.usage == expected)
  }

  @Test("lists the commands below")
  func client() {
    let expected = """
      Usage: confab [OPTION]... [COMMAND]

      Chat and call in the terminal.

      Commands:
        token  Look at user access tokens
        serve  Run the trusted service

      Options:
        -c, --config PATH  Configuration file
        -h, --help         Show this help and leave
            --version      Show the version and leave

      'confab COMMAND --help' tells more of a command.

      """
    #expect(ArgumentTableTests.client.usage == expected)
  }

  @Test("stays within 80 columns", arguments: ["server", "client"])
  func width(name: String) {
    let table = name == "server" ? ArgumentTableTests.server : ArgumentTableTests.client
    for line in table.usage.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }
}
