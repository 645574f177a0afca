import ArgumentTable
import Testing

@Suite("Completions and manual pages")
struct CompletionTests {
  private func completion(_ table: CommandTable, _ words: [String]) throws -> [String] {
    guard case .help(let text) = try table.parse(["--complete"] + words).request else { return [] }
    return text.split(separator: "\n").map(String.init)
  }

  @Test(
    "what may stand in the place of the last word",
    arguments: [
      ([""], ["token\tLook at user access tokens", "serve\tRun the trusted service"]),
      (["t"], ["token\tLook at user access tokens"]),
      (["token", "f"], ["fetch\tAsk the token service for a token"]),
      (["token", "fetch", ""], ["--json\tPrint JSON", "--help\tShow this help and leave"]),
      (["--c"], ["--config\tConfiguration file"]), (["--config", ""], [":"]),
      (["--conf", "x", "s"], ["serve\tRun the trusted service"]),
      (["-c", "x", "s"], ["serve\tRun the trusted service"]),
      (["-cx", "--v"], ["--version\tShow the version and leave"]),
      (["serve", "--x", ""], [":"]), (["nonsense", ""], []), (["token", "inspect", "x", "y"], []),
      ([], ["token\tLook at user access tokens", "serve\tRun the trusted service"]),
    ])
  func below(words: [String], candidates: [String]) throws {
    #expect(try completion(client, words) == candidates)
  }

  @Test(
    "what may stand in the place of an option's value or an operand",
    arguments: [
      (["--limits", ""], ["off", "real"]), (["--limits=r"], ["--limits=real"]),
      (["--limits", "=", "o"], ["off"]), (["--limits", "="], ["off", "real"]),
      (["--lim=r"], ["--lim=real"]),
      (["--data", ""], [":"]), (["--data="], [":"]), (["-vp", ""], []), (["-p1", "x", ""], [":"]),
      (["Alice", ""], [":"]), (["Alice", "a", "b"], [":"]), (["Alice", "--", "--l"], [":"]),
      (
        ["--ver"],
        [
          "--verbose\tTell more on standard error", "--verify\tCheck the database first",
          "--version\tShow the version and leave",
        ]
      ),
    ])
  func values(words: [String], candidates: [String]) throws {
    #expect(try completion(server, words) == candidates)
  }

  @Test("a manual page tells what help tells, and nothing of it steers roff")
  func manual() throws {
    var table = server
    table.about.append("  .as 'it' \\ stands\n  \"here\"")
    guard case .help(let page) = try table.parse(["--man", "confab-serve"]).request else { return }
    #expect(
      page.hasPrefix(
        """
        .TH CONFAB\\-SERVE 1 "" "confab\\-serve" "User Commands"
        .SH NAME
        confab\\-serve \\- Hand out user access tokens
        .SH SYNOPSIS
        .B confab\\-serve
        [OPTION]... USER [FILE]...
        .SH DESCRIPTION
        .PP
        Holds the access key, so that clients need none, and answers each caller\\(aqs request for a user access token.
        .PP
        .nf
          .as \\(aqit\\(aq \\e stands
          "here"
        .fi
        .SH OPTIONS
        .TP
        .B USER
        Whose token.
        .TP
        .B FILE
        What else to read.
        .TP
        .B \\-p, \\-\\-port N
        Port to listen on; 0 means any free one (default 7760).

        """))
    #expect(page.hasSuffix(".TP\n78\nThe configuration has an error."))
  }
}
