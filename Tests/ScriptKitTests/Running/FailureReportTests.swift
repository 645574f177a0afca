import ScriptKit
import Testing

@Suite("The report of a failure")
struct FailureReportTests {
  private func report(_ lines: String) throws -> [String] {
    try #require(try Played(lines).failure).report.split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }

  @Test("names the line and the person, the reason and what is nearest, and how to play it again")
  func frame() throws {
    let report = try report(
      """
      as Bob
        send "Deploy at 15:00" to "Harbour"
      as Alice
        expect message "Deploy at 16:00" from Bob
      """)
    #expect(report[0] == "t.confab:8:5: FAILED \"s\"")
    #expect(report[1] == "  as Alice: expect message \"Deploy at 16:00\" from Bob")
    #expect(
      report[2].hasPrefix("  there is no message \"Deploy at 16:00\" from Bob; the newest of "))
    #expect(report.contains("  nearest: Bob: \"Deploy at 15:00\""))
    #expect(
      report.suffix(2) == ["to play just this scene:", "  confab script run t.confab --only s"])
  }

  @Test("has the screen of whoever looked, row by row, with the cursor's place")
  func screen() throws {
    let report = try report("as Alice\n  open \"Harbour\"\n  expect message \"x\"")
    let start = try #require(
      report.firstIndex { $0.hasPrefix("Alice's screen, 60x16, cursor in row ") })
    let edge = "  +" + String(repeating: "-", count: 60) + "+"
    #expect(report[start + 1] == edge && report[start + 18] == edge)
    let rows = report[(start + 2)..<(start + 18)]
    #expect(rows.allSatisfy { $0.hasPrefix("  |") && $0.hasSuffix("|") && $0.count == 64 })
    #expect(rows.contains { $0.contains("Harbour  with Bob") })
  }

  @Test("has the state around what was looked at, also where nothing is there")
  func state() throws {
    for path in ["composer.cursor", "composer.curser"] {
      let report = try report("as Alice\n  type \"half\"\n  expect state \(path) is 7")
      let start = try #require(report.firstIndex(of: "the state around \(path):"))
      #expect(report[(start + 1)...].contains("  composer.characters = \"half\""), "\(report)")
      #expect(report[(start + 1)...].contains("  composer.cursor = 4"))
    }
    // What is worked out stands beside what is stored.
    let kind = try report("as Alice\n  expect state connection.kind is lve")
    let start = try #require(kind.firstIndex(of: "the state around connection.kind:"))
    #expect(kind[start + 1] == "  connection.kind = live")
  }

  @Test("has what happened at the client last, requests and events in their order, with the time")
  func events() throws {
    let report = try report(
      """
      advance 90s
      as Alice
        open "Harbour"
        send "Hello"
        expect message "Hullo"
      """)
    let start = try #require(report.firstIndex(of: "what happened at Alice's client last:"))
    let end = try #require(report.firstIndex(of: "to play just this scene:"))
    let lines = report[(start + 1)..<end]
    #expect(lines.count == 12)
    let request = try #require(
      lines.firstIndex { $0.contains("POST /chat/threads/") && $0.hasSuffix(" 201") })
    let event = try #require(lines.firstIndex { $0.hasSuffix("send.done \"Hello\"") })
    #expect(request < event)
    #expect(lines.allSatisfy { $0.hasPrefix("      90.0") }, "\(lines)")
  }

  @Test("shows no token, whatever was asked for")
  func secrets() throws {
    let report = try report("as Alice\n  restart\n  expect message \"x\"").joined(separator: "\n")
    #expect(!report.contains("eyJ") && !report.contains("Bearer"))
  }

  @Test("says that a client does not run, and how to start it")
  func dead() throws {
    let report = try report("as Alice\n  kill\n  read")
    #expect(report.contains("  Alice's client does not run; 'start' starts it"))
    #expect(report.contains("Alice's client does not run"))
  }

  @Test("tells which time of a repeated block it was")
  func repeated() throws {
    let report = try report(
      """
      repeat 3 times with n
        as Alice
          send "$n" to "Harbour"
          expect no message "2"
      """)
    #expect(report[0] == "t.confab:8:7: FAILED \"s\"")
    #expect(report.contains("  (the 2nd time of 3)"))
  }

  @Test("is that of the world's own step, where the world could not do it")
  func world() throws {
    let failure = try Played("kill emulator\nfault emulator lose on event 200").failure
    #expect(failure?.message == "the emulator is down")
    #expect(failure?.place.description == "t.confab:6:3")
  }
}
