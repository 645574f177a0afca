import ACSTypes
import ACSWire
import ArgumentTable
import Services
import TestKit
import Testing

@testable import confab_admin

@Suite("What is typed, and what is said")
struct CommandLineTests {
  private func workplace(_ line: String) throws -> Workplace {
    Workplace(try CommandTable.admin.parse(line.split(separator: " ").map(String.init)))
  }

  @Test("every row of the command line has a command")
  func rows() {
    var words: [[String]] = []
    for table in CommandTable.admin.subcommands {
      words +=
        table.subcommands.isEmpty
        ? [[table.name]] : table.subcommands.map { [table.name, $0.name] }
    }
    #expect(
      words.sorted { $0.joined() < $1.joined() }
        == AdminCommand.all.map(\.words).sorted {
          $0.joined() < $1.joined()
        })
  }

  @Test(
    "lifetimes are whole minutes from 1 to 24 hours",
    arguments: [
      ("90m", 90), ("60m", 60), ("1h", 60), ("24h", 1440), ("1d", 1440), ("1h30m", 90),
      ("3600s", 60), ("59m", nil), ("1441m", nil), ("25h", nil), ("90", nil), ("3601s", nil),
      ("-90m", nil), ("", nil),
    ] as [(String, Int?)])
  func lifetimes(text: String, minutes: Int?) throws {
    let words = ["token", "issue", "--scope", "chat", "--expires-in=\(text)"]
    guard let minutes else {
      let error = #expect(throws: UsageError.self) {
        try TokenOptions(Workplace(try CommandTable.admin.parse(words)))
      }
      #expect(error?.message.hasPrefix("option '--expires-in' needs ") == true)
      return
    }
    let options = try TokenOptions(Workplace(try CommandTable.admin.parse(words)))
    #expect(options.minutes == minutes)
  }

  @Test("an unknown scope is refused, and the nearest one named")
  func scopes() throws {
    let error = #expect(throws: UsageError.self) {
      try workplace("token issue --scope chat.joim")
    }
    #expect(
      error?.message
        == "option '--scope' needs 'chat' or 'chat.join' or 'chat.join.limited' or 'voip' or "
        + "'voip.join', not 'chat.joim'; did you mean 'chat.join'?")
    let options = try TokenOptions(
      workplace("token issue --scope voip --scope chat --scope voip"))
    #expect(options.scopes == [.voip, .chat])
    #expect(options.minutes == nil)
  }

  @Test(
    "what is no identity is refused before anything is sent",
    arguments: ["alice", "8:acs:a b", "8:acs:\u{1B}[1m", "4:+14255550123", ""])
  func identities(text: String) throws {
    let workplace = try workplace("identity delete 8:acs:a")
    #expect(throws: UsageError.self) { try workplace.identity(text) }
    #expect(try workplace.identity("8:acs:a_b").rawID == "8:acs:a_b")
  }

  @Test(
    "a message that cannot be sent is refused before anything is sent",
    arguments: [
      ("--to +1 Hi", ExitCode.usage, "option '--from' is missing"),
      ("--from +1 Hi", .usage, "option '--to' is missing"),
      ("--from +1 --to 12 Hi", .usage, "\"12\" is no number"),
      ("--from +1 --to +1x Hi", .usage, "\"+1x\" is no number"),
      ("--from +1 --to +2 --to +2 Hi", .usage, "+2 is there twice"),
      (
        "--from +1 \((0...100).map { "--to +\($0)" }.joined(separator: " ")) Hi", .usage,
        "there are 101 recipients"
      ),
      (
        "--from +1 --to +2 \(String(repeating: "x", count: 2049))", .badData,
        "The text has 2049 characters; the service takes 2048 at most."
      ),
      // As .NET counts: two for what lies beyond the basic plane.
      (
        "--from +1 --to +2 \(String(repeating: "😀", count: 1025))", .badData,
        "The text has 2050 characters"
      ),
    ])
  func messages(line: String, exitCode: ExitCode, words: String) throws {
    let workplace = try workplace("sms send \(line)")
    do {
      _ = try OutgoingSMS(workplace)
      Issue.record("it was taken")
    } catch let error as UsageError {
      #expect(exitCode == .usage)
      #expect(error.message.contains(words))
    } catch let error as CommandError {
      #expect(exitCode == error.exitCode)
      #expect(error.message.contains(words))
    }
    let good = try OutgoingSMS(
      self.workplace(
        "sms send --from +1 --to +2 --tag t --delivery-report \(String(repeating: "x", count: 2048))"
      ))
    #expect(good.options == SMSSendOptions(enableDeliveryReport: true, tag: "t"))
  }

  @Test("a text that is empty is not sent")
  func emptyText() {
    #expect(throws: CommandError.self) { try OutgoingSMS.checked("") }
  }

  @Test(
    "each recipient has a row, and the worst one decides how it ends",
    arguments: [
      ([202, 202], ExitCode.done), ([202, 400], .badData), ([429, 202], .unavailable),
      ([500, 400], .badData), ([400], .badData),
    ])
  func rows(statuses: [Int], exitCode: ExitCode) throws {
    let lines = Lines()
    let output = Output(isJSON: false, isQuiet: false) { lines.append("\($0 == .error)\($1)") }
    let results = statuses.enumerated().map { place, status in
      status == 202
        ? SMSSendResult(to: "+\(place)", messageID: "m")
        : SMSSendResult(to: "+\(place)", status: status, errorMessage: "No.")
    }
    let report = SMSReport(results, recipients: ["+0", "+1"])
    #expect(report.print(to: output) == exitCode)
    for (place, status) in statuses.enumerated() {
      let row =
        status == 202 ? "false+\(place)  sent  m" : "false+\(place)  not sent  \(status) No."
      #expect(lines.all.contains(row))
    }
    if statuses.count == 1 { #expect(lines.all.last?.contains("told nothing of +1") == true) }
  }

  @Test(
    "every error has its exit code and words",
    arguments: [
      (ServiceError(.unauthenticated, "m"), ExitCode.notPermitted, "m"),
      (ServiceError(.forbidden, "m"), .notPermitted, "m"),
      (ServiceError(.credentialRefused, "m"), .notPermitted, "m"),
      (ServiceError(.credentialUnavailable, "m"), .unavailable, "m"),
      (ServiceError(.unreachable, "m"), .unavailable, "m"),
      (ServiceError(.serviceFailed, "m"), .unavailable, "m"),
      (
        ServiceError(.throttled, "m.", retryAfter: .seconds(7)), .unavailable,
        "m. Try again in 7 s."
      ),
      (ServiceError(.refused, "m"), .badData, "m"),
      (ServiceError(.badAnswer, "m"), .badData, "m"),
      (ServiceError(.badSettings, "m"), .configuration, "m"),
    ])
  func errors(error: ServiceError, exitCode: ExitCode, words: String) {
    #expect(Failure(error).exitCode == exitCode)
    #expect(Failure(error).message == words)
  }

  @Test("nothing that a service says steers the terminal")
  func hostileWords() {
    let lines = Lines()
    let output = Output(isJSON: false, isQuiet: false) { lines.append($1) }
    output.say("a\u{1B}]0;x\u{7}b\u{9B}1mc\u{202E}\nd")
    #expect(lines.all == ["a\u{FFFD}]0;x\u{FFFD}b\u{FFFD}1mc\u{FFFD}\nd"])
  }

  @Test("verbose tells method, address, status and time, and nothing else")
  func verbose() async throws {
    let lines = Lines()
    let clock = ManualClock()
    let exchange = ScriptedExchange([
      .answer("POST", "https://a/identities?api-version=1&x=secret", status: 201, body: "secret"),
      .failure("GET", "https://a/b", .init(.timedOut, "secret")),
    ])
    let noted = NotedExchange(exchange, clock: clock) { lines.append($0) }
    let request = HTTPRequest(
      method: "POST", origin: "https://a", target: "/identities?api-version=1&x=secret",
      headers: ["Authorization": "secret"], body: Array("secret".utf8))
    _ = try await noted.exchange(request)
    _ = try? await noted.exchange(HTTPRequest(method: "GET", origin: "https://a", target: "/b"))
    #expect(
      lines.all == [
        "POST https://a/identities 201 0 ms", "GET https://a/b failed 0 ms",
      ])
  }
}
