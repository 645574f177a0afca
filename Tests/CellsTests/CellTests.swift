import Cells
import Testing

@Suite("Cell")
struct CellTests {
  @Test(
    "a character that could steer a terminal shows as a picture",
    arguments: [
      ("\u{1B}", "␛"), ("\n", "␊"), ("\r\n", "␍"), ("\0", "␀"), ("\u{7F}", "␡"),
      ("\u{80}", "\u{FFFD}"), ("\u{9B}", "\u{FFFD}"), ("\u{9F}", "\u{FFFD}"),
      ("\u{202A}", "\u{FFFD}"), ("\u{202E}", "\u{FFFD}"), ("\u{2066}", "\u{FFFD}"),
      ("\u{2069}", "\u{FFFD}"), ("\u{2028}", "\u{FFFD}"), ("\u{2029}", "\u{FFFD}"),
    ] as [(Character, Character)])
  func pictures(input: Character, shown: Character) {
    let cell = Cell(input, width: 2)
    #expect(cell.character == shown)
    #expect(cell.width == 1)
  }

  @Test("no scalar of the first planes gets a control into a cell")
  func everyScalar() {
    for value in UInt32(0)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let cell = Cell(Character(scalar))
      let category = cell.character.unicodeScalars.first?.properties.generalCategory
      #expect(category != .control, "U+\(String(value, radix: 16))")
    }
  }

  @Test(
    "other clusters stay as they are",
    arguments: ["a", "é", "e\u{301}", "漢", "👩‍👩‍👧", "\u{A0}", " "] as [Character])
  func harmless(character: Character) {
    #expect(Cell(character).character == character)
  }

  @Test("a cluster of more than six scalars is cut")
  func cut() {
    let marks = "\u{301}\u{302}\u{303}\u{304}\u{305}"
    #expect(Cell(Character("e" + marks + "\u{306}")).character == Character("e" + marks))
    #expect(MemoryLayout<Cell>.stride == 32)
  }

  @Test("width is 1 or 2", arguments: [(-1, 1), (0, 1), (1, 1), (2, 2), (9, 2)])
  func widths(given: Int, width: Int) {
    #expect(Cell("漢", width: given).width == width)
  }
}
