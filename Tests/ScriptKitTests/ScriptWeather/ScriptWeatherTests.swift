import ACSTypes
import ScriptKit
import Testing

@Suite("A scene under faults")
struct ScriptWeatherTests {
  private static let scene = """
    as Alice
      open "Harbour"
      send "one"
      send "two"
    advance 10s
    as Bob
      open "Harbour"
      expect message "one" from Alice, once
      expect message "two" from Alice, once
    """

  private func script(_ lines: String, tags: String = "") throws -> Script {
    let body = lines.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    let text = "\(Played.headings)scene \"s\"\(tags)\n\(body)\n"
    return try ScriptParser.parse(Array(text.utf8), path: "t.confab")
  }

  private func play(
    _ script: Script, _ weather: WeatherSetting, change: (inout ScriptPlayer) -> Void = { _ in }
  ) throws -> SceneResult {
    var player = ScriptPlayer(options: SceneOptions(read: { _ in nil }))
    change(&player)
    return player.play(try #require(script.scenes.first), of: script, under: weather)
  }

  @Test("passes when what matters comes true in the end")
  func passes() throws {
    let result = try play(try script(ScriptWeatherTests.scene), WeatherSetting(seeds: 1...20))
    #expect(result.failure?.report == nil)
    #expect(result.weatherPlays == 20)
  }

  @Test(
    "is found to send a message twice when the client cannot know its own again, by the fewest faults"
  )
  func defect() throws {
    // The service forgets the names by which clients know their messages.
    let plant: (inout ScriptPlayer) -> Void = { player in
      player.willPlay = { stage in
        for client in (stage as? WorldStage)?.world.clients ?? [] {
          client.passage.tamper = { request, response in
            guard request.method == "GET" else { return response }
            let text = String(decoding: response.body, as: UTF8.self)
            var response = response
            response.body = Array(text.replacing(ChatMessage.clientIDName, with: "nothing").utf8)
            return response
          }
        }
      }
    }
    let script = try script(ScriptWeatherTests.scene)
    let result = try play(script, WeatherSetting(seeds: 108...112), change: plant)
    let failure = try #require(result.failure, "nobody found it")
    #expect(failure.report.contains(", of which 2 of 6 are left:"), "\(failure.report)")
    #expect(failure.report.contains("Alice's network: "), "\(failure.report)")
    #expect(failure.message.hasPrefix("2 fit, and there should be 1:"), "\(failure.message)")

    // The command of the report plays the one fault again.
    let command = try #require(failure.report.split(separator: "\n").last)
    let words = command.split(separator: " ")
    let seed = try #require(
      words.firstIndex(of: "--weather-seed").flatMap { UInt64(words[$0 + 1]) })
    let places = try #require(words.last).split(separator: ",").compactMap { Int($0) }
    #expect(places.count == 2)
    let one = WeatherSetting(seeds: seed...seed, only: places)
    #expect(try play(script, one, change: plant).failure?.message == failure.message)
    #expect(try play(script, one).failure == nil)
  }

  @Test("cannot be played under faults that its schedule does not have")
  func unknownFault() throws {
    let result = try play(
      try script(ScriptWeatherTests.scene), WeatherSetting(seeds: 3...3, only: [0, 99]))
    #expect(result.failure?.message == "seed 3 has no fault 99")
    #expect(result.weatherPlays == 0)
  }

  @Test("that fails without any fault says so, in every play")
  func needsNone() throws {
    let script = try script(
      """
      as Alice
        repeat 12 times with n
          send "m $n"
        expect message "m 12" is queued
      """)
    for only in [nil, []] as [[Int]?] {
      let result = try play(script, WeatherSetting(seeds: 2...2, only: only))
      #expect(result.failure?.report.hasPrefix("without any fault, ") == true)
    }
  }

  @Test("that is tagged calm is played without")
  func calm() throws {
    let script = try script(ScriptWeatherTests.scene, tags: " tagged calm")
    #expect(try play(script, WeatherSetting(seeds: 1...5)).weatherPlays == 0)
  }

  @Test("that fails on a clear day is not played under faults")
  func clearDay() throws {
    let script = try script("as Alice\n  open \"Harbour\"\n  expect message \"x\"")
    let result = try play(script, WeatherSetting(seeds: 1...5))
    #expect(result.weatherPlays == 0)
    #expect(result.failure?.report.contains("--weather") == false)
  }

  @Test("has the same schedule for the same seed, and only what is chosen of it")
  func schedule() {
    let people = ["Alice", "Bob"]
    for seed in UInt64(1)...50 {
      let schedule = FaultSchedule(seed: seed, steps: 10, people: people)
      #expect(schedule == FaultSchedule(seed: seed, steps: 10, people: people))
      #expect((3...12).contains(schedule.entries.count))
      #expect(schedule.entries.map(\.step) == schedule.entries.map(\.step).sorted())
      #expect(schedule.entries.allSatisfy { (0..<10).contains($0.step) })
      #expect(schedule.only([1, 99]).entries == [schedule.entries[1]])
    }
    #expect(FaultSchedule(seed: 1, steps: 10, people: []).entries == [])
    #expect(FaultSchedule(seed: 1, steps: 0, people: people).entries.allSatisfy { $0.step == 0 })
  }
}
