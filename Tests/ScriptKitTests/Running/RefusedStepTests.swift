import ScriptKit
import Testing

@Suite("What the service refuses")
struct RefusedStepTests {
  private static let headings = """
    screen 60x16
    users Alice, Bob, Carol
    thread "Harbour" with Alice, Bob

    """

  @Test(
    "fails the step that asked for it, with the reason",
    arguments: [
      "rename to \"Seaside\"", "leave", "add Carol", "remove Bob", "create \"New\" with Carol",
    ], ["answers 403", "answers 503", "is down"])
  func refused(step: String, fault: String) throws {
    let lines = "as Alice\n  open \"Harbour\"\nfault chat \(fault) to Alice\nas Alice\n  \(step)"
    let failure = try #require(
      try Played(lines, headings: RefusedStepTests.headings).failure, "\(step) passed")
    #expect(failure.place.line == 9, "\(failure.report)")
    let fine = lines.replacing("fault chat \(fault) to Alice", with: "advance 1s")
    #expect(try Played(fine, headings: RefusedStepTests.headings).failure == nil)
  }

  @Test("a text that the composer does not take whole is not sent")
  func cut() throws {
    for text in ["one\\ttwo", "\\u{1b}[31m"] {
      let failure = try Played("as Alice\n  open \"Harbour\"\n  send \"\(text)\"").failure
      #expect(failure?.message.hasPrefix("the composer does not take all of it: ") == true)
    }
  }

  @Test("is asked for again under faults, as a person would")
  func again() throws {
    let text = """
      \(RefusedStepTests.headings)scene "s"
        as Alice
          create "Picnic" with Bob
          add Carol
          rename to "Picnic with bread"
        as Bob
          expect thread "Picnic with bread"
          open "Picnic with bread"
          remove Carol
          leave
        as Alice
          elsewhere rename "Picnic with bread" to "Alone"
          expect people is "Alice"
          expect thread "Alone"
      """
    let script = try ScriptParser.parse(Array(text.utf8), path: "t.confab")
    let player = ScriptPlayer(options: SceneOptions(read: { _ in nil }))
    let result = player.play(script.scenes[0], of: script, under: WeatherSetting(seeds: 1...60))
    #expect(result.failure?.report == nil)
    #expect(result.weatherPlays == 60)
  }
}
