import KeyInput
import Testing

@testable import ClientModel

@Suite("Writing")
struct ComposerTests {
  /// Before, keys, after; `|` is the cursor.
  @Test(
    "keys move and edit as in a shell",
    arguments: [
      ("one two|", ["C-w"], "one |"),
      ("one two|", ["M-b", "M-b"], "|one two"),
      ("|one two", ["M-f"], "one| two"),
      ("one two|", ["C-a"], "|one two"),
      ("one |two", ["C-e"], "one two|"),
      ("one |two", ["C-u"], "|two"),
      ("one |two", ["C-k"], "one |"),
      ("one |two", ["Backspace"], "one|two"),
      ("one |two", ["Delete"], "one |wo"),
      ("|", ["Backspace", "Delete", "Left", "Right", "C-w"], "|"),
      ("ab|", ["M-Enter", "c"], "ab\nc|"),
      ("ab\ncd|", ["Up"], "ab|\ncd"),
      ("a|b\ncd", ["Down"], "ab\nc|d"),
      ("👩‍👩‍👧é|", ["Left", "Left"], "|👩‍👩‍👧é"),
      ("👩‍👩‍👧|", ["Backspace"], "|"),
    ] as [(String, [String], String)])
  func keys(before: String, chords: [String], after: String) {
    let tester = FlowTester.signedIn()
    let parts = before.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    tester.step(.pasted(parts[0] + parts[1]))
    for _ in 0..<parts[1].count { tester.press("Left") }
    for chord in chords {
      guard let press = KeyPress(chord: chord) else {
        Issue.record("\(chord) is not a chord")
        return
      }
      tester.step(.keyPressed(press))
    }
    var text = tester.state.composer.characters
    text.insert("|", at: tester.state.composer.cursor)
    #expect(String(text) == after)
  }

  @Test("a combining mark joins the letter before it")
  func combining() {
    var composer = Composer(text: "e")
    composer.insert("\u{301}")
    #expect(composer.characters == ["é"])
    #expect(composer.cursor == 1)
  }

  @Test("control characters are never taken in")
  func controls() {
    var composer = Composer()
    composer.insert("a\u{1B}[31mb\u{7}\u{9B}c\nd")
    #expect(composer.text == "a[31mbc\nd")
  }

  @Test("no more than the limit is taken in")
  func limit() {
    var composer = Composer()
    composer.insert(String(repeating: "x", count: Composer.limit + 5))
    composer.insert("y")
    #expect(composer.characters.count == Composer.limit)
  }

  @Test("rows are cut by cell width and the cursor is where it was")
  func rows() {
    var composer = Composer(text: "漢字漢字ab")
    let layout = ComposerLayout(composer, columns: 6)
    #expect(layout.rows.map { $0.end - $0.start } == [2, 3, 1])
    composer.move(to: 2)
    let atCut = ComposerLayout(composer, columns: 6)
    #expect(atCut.cursorRow == 1 && atCut.cursorColumn == 0)
  }
}
