import ArgumentTable
import Testing

struct DurationTests {
  static let table = CommandTable(
    "wait", summary: "Wait",
    options: [
      .duration("for", in: .seconds(1)...(.seconds(86_400)), "How long", default: .seconds(90))
    ])

  @Test(
    "lengths of time are read",
    arguments: [
      ("90s", 90), ("15m", 900), ("24h", 86_400), ("1d", 86_400), ("1h30m", 5400), ("1h1m1s", 3661),
    ])
  func reads(text: String, seconds: Int) throws {
    #expect(try DurationTests.table.parse(["--for", text]).duration("for") == .seconds(seconds))
  }

  @Test(
    "thousandths of a second are taken where less than a second is",
    arguments: [("900ms", 900), ("1s50ms", 1050), ("1m1ms", 60_001), ("0s", 0), ("3ms", 3)])
  func thousandths(text: String, milliseconds: Int) throws {
    let table = CommandTable(
      "wait", summary: "Wait", options: [.duration("after", in: .zero...(.seconds(3600)), "After")])
    let duration = try table.parse(["--after", text]).duration("after")
    #expect(duration == .milliseconds(milliseconds))
    #expect(duration.map(DurationText.text) == text)
  }

  @Test("without the option its default counts")
  func standard() throws {
    #expect(try DurationTests.table.parse([]).duration("for") == .seconds(90))
    guard case .help(let usage) = try DurationTests.table.parse(["--help"]).request else {
      Issue.record("no help")
      return
    }
    #expect(usage.contains("1m30s"))
  }

  @Test(
    "what is none, or out of range, is refused with examples",
    arguments: [
      "", "90", "m", "1.5h", "-1s", "1m1h", "1s1s", "0s", "25h", "99999999999999999999h",
      "9223372036854775807h", "90 s", "1h 30m", "90S", "١s",
      "900ms", "1s500ms", "1ms1s", "1M", "1mss",
    ])
  func refuses(text: String) {
    let message =
      "option '--for' needs a time from 1s to 1d, such as 90s, 15m or 1h30m, not '\(text)'"
    #expect(throws: UsageError(message, command: "wait")) {
      try DurationTests.table.parse(["--for=\(text)"])
    }
  }

  @Test("the examples are ones that would be taken")
  func examples() {
    let table = CommandTable(
      "wait", summary: "waits",
      options: [
        .duration("long", in: .seconds(3600)...(.seconds(86_400)), "Long"),
        .duration("short", in: .seconds(1)...(.seconds(5)), "Short"),
      ])
    let long = "option '--long' needs a time from 1h to 1d, such as 1h30m or 12h, not '59m'"
    #expect(throws: UsageError(long, command: "wait")) { try table.parse(["--long=59m"]) }
    let short = "option '--short' needs a time from 1s to 5s, such as 5s, not '6s'"
    #expect(throws: UsageError(short, command: "wait")) { try table.parse(["--short=6s"]) }
  }
}
