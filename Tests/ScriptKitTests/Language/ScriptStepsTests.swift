import ACSTypes
import ClientModel
import ScriptKit
import Testing

@Suite("A script that was read")
struct ScriptStepsTests {
  private func script(_ text: String, files: [String: String] = [:]) throws -> Script {
    try ScriptParser.parse(Array(text.utf8), path: "f/t.confab") { path in
      files[path].map { Array($0.utf8) }
    }
  }

  @Test("has what its headings say")
  func setting() throws {
    let setting = try script(
      """
      needs confab 1
      screen 100x30
      users Alice, Bob
      thread "Harbour" with Bob, Alice
        message "hello" from Alice
      seed 7
      clock 2026-11-22T10:00:00Z
      tokens live 90m
      pages of 5 messages
      realtime off
      scene "s"
        advance 1s
      """
    ).setting
    #expect(setting.screen == Viewport(columns: 100, rows: 30))
    #expect(setting.users == ["Alice", "Bob"])
    #expect(setting.threads.map(\.topic) == ["Harbour"])
    #expect(setting.threads.first?.members == ["Bob", "Alice"])
    #expect(setting.threads.first?.messages.map(\.text) == ["hello"])
    #expect(setting.seed == 7)
    #expect(setting.start == Timestamp(iso8601: "2026-11-22T10:00:00Z"))
    #expect(setting.tokenLife == .seconds(5400))
    #expect(setting.messagesPageLimit == 5)
    #expect(!setting.hasEvents)
  }

  @Test("has scenes with their tags and places, and steps in the order of the lines")
  func steps() throws {
    let script = try script(
      """
      users Alice, Bob
      scene "one" tagged a, b
        as Alice
          read     # all of it
          press Tab
        advance 1s
        as Bob
          read
      scene "two"
        repeat 3
          as Bob
            read
      """)
    #expect(script.scenes.map(\.name) == ["one", "two"])
    #expect(script.scenes.map(\.tags) == [["a", "b"], []])
    #expect(script.scenes.map(\.place.line) == [2, 9])
    let steps = script.scenes[0].steps
    #expect(steps.map(\.person) == ["Alice", "Alice", nil, "Bob"])
    #expect(steps.map(\.place.description).first == "f/t.confab:4:5")
    #expect(steps.map(\.place.line) == [4, 5, 6, 8])
    #expect(steps[1].source == "press Tab")
    #expect(script.scenes[1].steps.map(\.source) == ["repeat 3"])
  }

  @Test("has the steps of included files in their place, by the files' own lines")
  func include() throws {
    let script = try script(
      """
      users Alice
      include "scenes"
      scene "own"
        as Alice
          include "steps"
          press Tab
      """,
      files: [
        "f/steps": "read\nread\n", "f/scenes": "scene \"theirs\"\n  as Alice\n    read\n",
      ])
    #expect(script.scenes.map(\.name) == ["theirs", "own"])
    #expect(
      script.scenes[1].steps.map(\.place.description) == [
        "f/steps:1:1", "f/steps:2:1", "f/t.confab:6:5",
      ])
    #expect(script.scenes[1].steps.allSatisfy { $0.person == "Alice" })
  }

  @Test("knows which scenes kill a server")
  func kills() throws {
    let script = try script(
      """
      users Alice
      scene "client"
        kill Alice
      scene "server"
        restart emulator
      """)
    #expect(script.scenes.map(\.killsServers) == [false, true])
  }

  @Test(
    "takes keys as people write them",
    arguments: [
      "Ctrl-N", "ctrl-n", "C-n", "Alt-Up", "Alt-R", "M-Up", "Shift-Tab", "Control+Alt-x", "Ctrl--",
      "F12", "x", "\",\"", "Meta-Enter",
    ])
  func keys(_ key: String) throws {
    let text = "users Alice\nscene \"s\"\n  as Alice\n    press \(key)\n"
    #expect(throws: Never.self) { try script(text) }
  }
}
