import KeyInput
import Testing

@testable import ClientModel

@Suite("The key map")
struct KeyMapTests {
  @Test("no chord does two things in one place")
  func unique() {
    var seen: [String: String] = [:]
    for command in Command.all {
      for chord in command.keys {
        let place = "\(command.context) \(KeyPress(chord: chord)?.description ?? "unreadable")"
        #expect(seen[place] == nil, "\(place): \(seen[place] ?? "") and \(command.name)")
        seen[place] = command.name
      }
    }
  }

  @Test("every command has a name of its own, a key and words of help")
  func complete() {
    #expect(Set(Command.all.map(\.name)).count == Command.all.count)
    for command in Command.all {
      #expect(!command.keys.isEmpty && !command.help.isEmpty, "\(command.name)")
    }
  }

  @Test("the config file binds and frees keys")
  func bindings() throws {
    let map = try KeyMap(bindings: ["C-x": "quit", "C-q": "none"])
    #expect(map.chords(of: .quit) == ["C-x"])
  }

  @Test("an unknown chord or command is named")
  func unknown() {
    #expect(throws: KeyMap.BindingError.self) { try KeyMap(bindings: ["Q-9": "quit"]) }
    #expect(
      throws: KeyMap.BindingError(
        chord: "C-x", message: "there is no command \"fly\"; F1 lists them")
    ) { try KeyMap(bindings: ["C-x": "fly"]) }
  }
}
