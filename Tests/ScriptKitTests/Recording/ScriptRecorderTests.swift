import ClientModel
import KeyInput
import ScriptKit
import TestKit
import Testing

@Suite("A recorder of scripts")
struct ScriptRecorderTests {
  private static let setting: SceneSetting = {
    var setting = SceneSetting()
    setting.users = ["Alice", "Bob"]
    setting.threads = [
      ThreadSetting(topic: "Harbour", members: ["Alice", "Bob"]),
      ThreadSetting(topic: "Light \"house\"", members: ["Bob", "Alice"]),
    ]
    return setting
  }()

  private func play(_ text: String) throws -> SceneResult {
    let script = try ScriptParser.parse(Array(text.utf8), path: "recorded.confab")
    let player = ScriptPlayer(options: SceneOptions(read: { _ in nil }))
    return player.play(try #require(script.scenes.first), of: script)
  }

  @Test("writes down what was done, and what was seen after it")
  func conversation() throws {
    let stage = try WorldStage(ScriptRecorderTests.setting)
    defer { stage.end() }
    var recorder = ScriptRecorder(ScriptRecorderTests.setting, scene: "hello")
    recorder.begin(with: stage.seats)
    for character in "Hi, \"Bob\" $5" {
      let press = KeyPress(.character(character))
      stage.seats[0].press(press)
      recorder.did(.keyPressed(press), by: "Alice")
    }
    stage.seats[0].press(KeyPress(.enter))
    recorder.did(.keyPressed(KeyPress(.enter)), by: "Alice")
    try stage.settle()
    recorder.look(at: stage.seats)
    try stage.advance(by: .milliseconds(2500))
    recorder.passed(.milliseconds(2500))
    recorder.look(at: stage.seats)
    stage.seats[1].press(KeyPress(.character("x")))
    recorder.did(.keyPressed(KeyPress(.character("x"))), by: "Bob")
    #expect(
      recorder.text
        == """
        needs confab 1
        screen 80x24
        users Alice, Bob
        thread "Harbour" with Alice, Bob
        thread "Light \\"house\\"" with Bob, Alice

        scene "hello"
          as Alice
            type "Hi, \\"Bob\\" \\$5"
            press Enter
            expect message "Hi, \\"Bob\\" \\$5" from Alice is sent, once
          as Bob
            expect message "Hi, \\"Bob\\" \\$5" from Alice, once
          advance 2s500ms
          as Bob
            type "x"

        """)
    #expect(try play(recorder.text).failure?.report == nil)
  }

  @Test("whatever people press, the script passes", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func anything(seed: UInt64) throws {
    let stage = try WorldStage(ScriptRecorderTests.setting)
    defer { stage.end() }
    let random = SeededRandom(seed: seed)
    var recorder = ScriptRecorder(ScriptRecorderTests.setting, scene: "anything")
    recorder.begin(with: stage.seats)
    let chords = [
      "M-,", "M-\"",
      "a", "b", "Space", "é", "Enter", "Enter", "Up", "Down", "Tab", "e", "d", "y", "Esc", "C-a",
      "C-w", "M-Down", "M-Up", "M-j", "PgUp", "PgDn", "F1", "M-p", "C-r", "Home", "End", "S-Tab",
      "Backspace", "M-w", ",", "\"", "#", "C-n", "M-e", "M-Enter",
    ]
    for _ in 0..<120 {
      let seat = stage.seats[Int(random.next() % 2)]
      var event: Event
      switch random.next() % 20 {
      case 0:
        let pause = Duration.milliseconds(Int64(random.next() % 40) * 100)
        recorder.look(at: stage.seats)
        try stage.advance(by: pause)
        recorder.passed(pause)
        continue
      case 1: event = .pasted("two\nlines \u{1F600}")
      case 2: event = .resized(Viewport(columns: 60 + Int(random.next() % 40), rows: 20))
      case 3: event = .focusChanged(isFocused: random.next() % 2 == 0)
      default:
        let chord = chords[Int(random.next() % UInt64(chords.count))]
        event = .keyPressed(try #require(KeyPress(chord: chord)))
      }
      // A terminal that has not the focus sends no keys.
      if case .keyPressed = event, seat.state?.interface.isTerminalFocused == false {
        event = .focusChanged(isFocused: true)
      }
      seat.take([event])
      recorder.did(event, by: seat.name)
      try stage.settle()
      recorder.look(at: stage.seats)
    }
    #expect(try play(recorder.text).failure?.report == nil, "\(recorder.text)")
  }
}
