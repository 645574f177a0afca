import KeyInput
import Testing

@Suite("Chords")
struct ChordTests {
  @Test(
    "a chord names a press and is written the same",
    arguments: [
      ("a", KeyPress(.character("a"))), ("A", KeyPress(.character("A"))),
      ("é", KeyPress(.character("é"))), ("Space", KeyPress(.character(" "))),
      ("-", KeyPress(.character("-"))), ("C--", KeyPress(.character("-"), .control)),
      ("C-q", KeyPress(.character("q"), .control)), ("M-x", KeyPress(.character("x"), .alt)),
      ("C-M-x", KeyPress(.character("x"), [.control, .alt])), ("F1", KeyPress(.function(1))),
      ("S-F12", KeyPress(.function(12), .shift)), ("S-Tab", KeyPress(.tab, .shift)),
      ("PgUp", KeyPress(.pageUp)), ("M-PgDn", KeyPress(.pageDown, .alt)),
      ("Enter", KeyPress(.enter)), ("Esc", KeyPress(.escape)), ("Backspace", KeyPress(.backspace)),
      ("C-M-S-Left", KeyPress(.left, [.control, .alt, .shift])),
      ("C-Space", KeyPress(.character(" "), .control)),
    ])
  func roundTrip(chord: String, press: KeyPress) {
    #expect(KeyPress(chord: chord) == press)
    #expect(press.description == chord)
  }

  @Test(
    "other spellings are read too",
    arguments: [
      ("C-Q", "C-q"), ("c-q", "C-q"), ("A-x", "M-x"), ("M-C-x", "C-M-x"), ("S-a", "A"),
      ("pgup", "PgUp"), ("f5", "F5"), ("space", "Space"),
    ])
  func spellings(given: String, written: String) {
    #expect(KeyPress(chord: given)?.description == written)
  }

  @Test(
    "what names no key is refused", arguments: ["", "C-", "F0", "F36", "Foo", "X-a", "C-Foo", "ab"])
  func refused(chord: String) {
    #expect(KeyPress(chord: chord) == nil)
  }

  @Test("only a plain character types")
  func typed() {
    #expect(KeyPress(chord: "é")?.typedCharacter == "é")
    #expect(KeyPress(chord: "C-q")?.typedCharacter == nil)
    #expect(KeyPress(chord: "Enter")?.typedCharacter == nil)
  }
}
