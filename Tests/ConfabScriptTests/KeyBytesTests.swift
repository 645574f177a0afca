import ClientModel
import KeyInput
import Testing

@testable import confab_script

@Suite("What a terminal sends for keys")
struct KeyBytesTests {
  @Test(
    "the client reads the key again that was pressed",
    arguments: [
      "a", "Z", "é", "漢", "🙂", "Space", "Enter", "Tab", "Backspace", "Esc", "Up", "Down", "Left",
      "Right", "Home", "End", "Insert", "Delete", "PgUp", "PgDn", "F1", "F4", "F5", "F12", "C-a",
      "C-z", "C-Space", "C-_", "C-.", "M-a", "M-X", "M-,", "M-\"", "M-Enter", "M-Up", "S-Tab",
      "S-Down", "C-Left", "C-M-q", "C-S-End", "M-F3", "S-PgUp",
    ])
  func keys(chord: String) throws {
    let press = try #require(KeyPress(chord: chord))
    #expect(inputs(for: .keyPressed(press)) == [.key(press)])
  }

  @Test("a paste is one, whatever is in it, and the window's focus is told")
  func others() {
    #expect(inputs(for: .pasted("two\nlines \u{1F600}")) == [.paste("two\nlines \u{1F600}")])
    #expect(inputs(for: .focusChanged(isFocused: true)) == [.focus(true)])
    #expect(inputs(for: .focusChanged(isFocused: false)) == [.focus(false)])
    #expect(KeyBytes.bytes(for: .started) == nil)
  }

  private func inputs(for event: Event) -> [TerminalInput] {
    var decoder = InputDecoder()
    let inputs = decoder.consume(KeyBytes.bytes(for: event) ?? [])
    return decoder.isPending ? inputs + decoder.timedOut() : inputs
  }
}
