import ArgumentTable
import Testing

@Suite("Messages of command lines that cannot be followed")
struct MessageTests {
  static let ofServer: [(arguments: [String], message: String)] = [
    (["--prot", "1"], "unknown option '--prot'; did you mean '--port'?"),
    (["--prot=1"], "unknown option '--prot'; did you mean '--port'?"),
    (["--nonsense"], "unknown option '--nonsense'"),
    (["-z"], "unknown option '-z'"),
    (["-vz"], "unknown option '-z'"),
    (
      ["--ver"],
      "option '--ver' is short for more than one: '--verbose' or '--verify' or '--version'"
    ),
    (["--port"], "option '--port' needs a value: N"),
    (["-p"], "option '--port' needs a value: N"),
    (["--limits"], "option '--limits' needs a value: off|real"),
    (["--verbose=yes"], "option '--verbose' takes no value"),
    (["--port", "abc"], "option '--port' needs a whole number from 0 to 65535, not 'abc'"),
    (["--port", "65536"], "option '--port' needs a whole number from 0 to 65535, not '65536'"),
    (["--port="], "option '--port' needs a whole number from 0 to 65535, not ''"),
    (["--limits", "on"], "option '--limits' needs 'off' or 'real', not 'on'"),
    ([], "operand USER is missing"),
  ]

  @Test("of one command", arguments: ofServer)
  func server(arguments: [String], message: String) {
    let error = #expect(throws: UsageError.self) {
      _ = try ArgumentTableTests.server.parse(arguments)
    }
    #expect(error == UsageError(message, command: "confab-serve"))
  }

  static let ofClient: [(arguments: [String], command: String, message: String)] = [
    (["sevre"], "confab", "unknown command 'sevre'; did you mean 'serve'?"),
    (["dance"], "confab", "unknown command 'dance'"),
    (["token"], "confab token", "a command is missing; there are 'fetch', 'inspect'"),
    (["token", "--jsn"], "confab token", "unknown option '--jsn'"),
    (
      ["token", "fetch", "--jsn"], "confab token fetch",
      "unknown option '--jsn'; did you mean '--json'?"
    ),
    (["token", "fetch", "now"], "confab token fetch", "unexpected operand 'now'"),
    (["token", "inspect", "a", "b"], "confab token inspect", "unexpected operand 'b'"),
    (["token", "fetch", "--version"], "confab token fetch", "unknown option '--version'"),
  ]

  @Test("of commands below another", arguments: ofClient)
  func client(arguments: [String], command: String, message: String) {
    let error = #expect(throws: UsageError.self) {
      _ = try ArgumentTableTests.client.parse(arguments)
    }
    #expect(error == UsageError(message, command: command))
  }

  @Test("an error tells where help is")
  func description() {
    let error = UsageError("operand USER is missing", command: "confab-serve")
    #expect(
      error.description == "confab-serve: operand USER is missing\nTry 'confab-serve --help'.")
  }
}
