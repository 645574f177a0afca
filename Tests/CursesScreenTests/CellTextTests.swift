import Cells
import Glibc
import Testing

@testable import CursesScreen

// These set the locale of the process: the widths are those of its character type.
@Suite("CellText", .serialized)
struct CellTextTests {
  init() {
    setlocale(LC_CTYPE, "C.UTF-8")
  }

  @Test(
    "a cell keeps a base and at most four marks",
    arguments: [
      ("a", 1, "a"), ("漢", 2, "漢"), ("e\u{301}", 1, "e\u{301}"),
      ("e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", 1, "e\u{301}\u{302}\u{303}\u{304}"),
      ("👩‍👩‍👧", 2, "👩"), ("👍🏽", 2, "👍"), ("❤️", 1, "❤"), ("1️⃣", 1, "1\u{20E3}"),
      ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2, "🏴"), ("\u{1112}\u{1161}\u{11AB}", 2, "\u{1112}\u{1161}\u{11AB}"),
      // What the locale measures otherwise, or does not know.
      ("漢", 1, "\u{FFFD}"), ("\u{301}", 1, "\u{FFFD}"), ("\u{E0FFF}", 2, "\u{FFFD}_"),
      ("\u{200E}", 1, "\u{FFFD}"),
    ] as [(Character, Int, String)])
  func substitutes(character: Character, width: Int, drawn: String) {
    let text = CellText(Cell(character, width: width))
    var result = String.UnicodeScalarView()
    result.append(contentsOf: text.scalars.compactMap { Unicode.Scalar(UInt32($0)) })
    #expect(String(result) + (text.needsBlank ? "_" : "") == drawn)
  }

  @Test(
    "the short way agrees with the long one",
    arguments: ["a", "é", "漢", "e\u{301}", "─", "❤️"] as [Character])
  func shortWay(character: Character) {
    let cell = Cell(character, width: character == "漢" ? 2 : 1)
    guard let letter = CellText.letter(of: cell) else { return }
    #expect(CellText(cell).scalars == [letter])
  }
}
