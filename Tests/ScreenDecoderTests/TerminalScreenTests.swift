import Cells
import ScreenDecoder
import Testing

@Suite("A terminal's screen")
struct TerminalScreenTests {
  private func picture(_ text: String, columns: Int = 12, rows: Int = 2) -> String {
    let screen = TerminalScreen(size: Size(columns: columns, rows: rows))
    screen.write(text.utf8)
    return GoldenText(screen.frame).text
  }

  @Test("text stands where the cursor is, and moves it")
  func text() {
    #expect(picture("ab\r\ncd") == "ab          |\ncd^          |")
    #expect(picture("\u{1B}[2;3Hx") == "            |\n  x^         |")
  }

  @Test("colours and attributes are those that the program asked for")
  func styles() {
    #expect(
      picture("\u{1B}[1;31mred\u{1B}[0;48;5;200m on \u{1B}[38;2;1;2;3mx\u{1B}[0m")
        == """
        {a:red}{b: on }{c:x}^    |
                    |
        a = bold 1
        b = on 200
        c = #010203 on 200
        """)
  }

  @Test("a wide character takes two cells")
  func wide() {
    #expect(picture("漢字!\u{1B}[1;3Hx") == "漢x^ !       |\n            |")
  }

  @Test("clusters of several scalars stay together")
  func clusters() { #expect(picture("e\u{301}!") == "e\u{301}!^          |\n            |") }

  @Test("sequences may be cut anywhere")
  func pieces() {
    let text = "\u{1B}[2J\u{1B}[1;3H\u{1B}[7mé漢\u{1B}[0m\u{1B}]0;a title\u{07}!"
    let whole = TerminalScreen(size: Size(columns: 10, rows: 1))
    whole.write(text.utf8)
    let cut = TerminalScreen(size: Size(columns: 10, rows: 1))
    for byte in text.utf8 { cut.write([byte]) }
    #expect(GoldenText(whole.frame) == GoldenText(cut.frame))
    #expect(cut.frame.modes.title == "a title")
    #expect(GoldenText(cut.frame).text == "  {a:é漢}!^    |\na = reverse")
  }

  @Test("a hidden cursor is not there, and another size keeps what fits")
  func cursor() {
    let screen = TerminalScreen(size: Size(columns: 6, rows: 2))
    screen.write("\u{1B}[?25labcdef".utf8)
    #expect(screen.frame.cursor == nil)
    screen.resize(to: Size(columns: 3, rows: 1))
    #expect(GoldenText(screen.frame).text == "abc|")
    screen.resize(to: Size(columns: 0, rows: 0))
    #expect(screen.frame.grid.size == Size(columns: 1, rows: 1))
  }

  @Test("the other screen covers the first one until it is left")
  func otherScreen() {
    #expect(picture("first\u{1B}[?1049h\u{1B}[2J\u{1B}[Hsecond") == "second^      |\n            |")
    #expect(
      picture("first\u{1B}[?1049h\u{1B}[2Jsecond\u{1B}[?1049l") == "first^       |\n            |")
  }
}
