import KeyInput
import TestKit
import Testing
import TextLayout

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

  /// The rows of a text, as they are shown.
  private func rows(_ text: String, columns: Int) -> [String] {
    let composer = Composer(text: text)
    return ComposerLayout(composer, columns: columns).rows
      .map { String(composer.characters[$0.start..<$0.end]) }
  }

  @Test(
    "rows are cut between words and around wide letters, a long word anywhere",
    arguments: [
      ("", [""]),
      ("the quick brown fox", ["the ", "quick ", "brown ", "fox"]),
      ("a b c d e f", ["a b c ", "d e f"]),
      ("abcdefghijk", ["abcde", "fghij", "k"]),
      ("ab cdefghijk", ["ab ", "cdefg", "hijk"]),
      ("漢字漢字ab", ["漢字", "漢字", "ab"]),
      ("ab漢字", ["ab漢", "字"]),
      ("abcde ", ["abcde "]),
      ("abcde  x", ["abcde ", " x"]),
      ("      x", ["      ", "x"]),
      ("abcde \nf\n", ["abcde ", "f", ""]),
    ])
  func cuts(_ text: String, _ wanted: [String]) {
    #expect(rows(text, columns: 6) == wanted)
  }

  @Test("a row of one column holds a letter each, and a wide one")
  func narrow() {
    #expect(rows("ab漢", columns: 1) == ["a", "b", "漢"])
    #expect(rows("ab漢", columns: -5) == ["a", "b", "漢"])
  }

  @Test("the cursor stands where it is in the text, on the screen at every place")
  func cursor() {
    var composer = Composer(text: "abcd ef\n漢字 g")
    let wanted = [
      (0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (1, 0), (1, 1), (1, 2), (2, 0), (2, 2), (2, 4),
      (3, 0), (3, 1),
    ]
    for (place, (row, column)) in wanted.enumerated() {
      composer.move(to: place)
      let layout = ComposerLayout(composer, columns: 6)
      #expect(layout.cursorRow == row && layout.cursorColumn == column, "at \(place)")
    }
    composer = Composer(text: "abcde ")
    let atEnd = ComposerLayout(composer, columns: 6)
    #expect(atEnd.cursorRow == 0 && atEnd.cursorColumn == 5)
  }

  @Test("whatever the text and the width, rows hold all of it in order and none is too wide")
  func anyRows() {
    var random = SeededRandom(seed: 11)
    for _ in 0..<500 {
      let text = String(
        (0..<Int.random(in: 0...40, using: &random)).map { _ in
          ["a", "b", " ", " ", "漢", "🙂", "\n", "é"].randomElement(using: &random) ?? "a"
        })
      let columns = Int.random(in: 3...12, using: &random)
      var composer = Composer(text: text)
      composer.move(to: .random(in: 0...composer.characters.count, using: &random))
      let layout = ComposerLayout(composer, columns: columns)
      var next = 0
      for row in layout.rows {
        let feed = next < composer.characters.count && next < row.start ? 1 : 0
        #expect(row.start == next + feed && row.end >= row.start)
        if feed == 1 { #expect(composer.characters[next] == "\n") }
        let width = composer.characters[row.start..<row.end].map(Columns.width(of:)).reduce(0, +)
        #expect(width <= columns, "'\(text)' in \(columns)")
        next = row.end
      }
      #expect(next == composer.characters.count)
      #expect((0..<columns).contains(layout.cursorColumn), "'\(text)' in \(columns)")
      #expect(layout.rows.indices.contains(layout.cursorRow))
    }
  }

  @Test("from a long row up to one that was cut at a word the cursor goes into that row")
  func upToCut() {
    let composer = Composer(text: "ab cdefg")
    let layout = ComposerLayout(composer, columns: 6)
    #expect(layout.position(row: 0, column: 5, in: composer) == 2)
    #expect(layout.position(row: 1, column: 5, in: composer) == 8)
  }
}
