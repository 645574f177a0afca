import TextLayout
import Testing

@Suite("Columns")
struct ColumnsTests {
  @Test(
    "a cluster takes the columns that terminals give it",
    arguments: [
      ("a", 1), ("é", 1), ("e\u{301}", 1), ("e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", 1),
      ("漢", 2), ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("ｱ", 1), ("Ａ", 2), ("…", 1),
      ("🙂", 2), ("👩‍👩‍👧", 2), ("👍🏽", 2), ("❤️", 1), ("1️⃣", 1), ("🇸🇪", 2), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
      ("का", 2), ("กำ", 2), ("\u{200B}", 0), ("\u{FEFF}", 0), ("\u{AD}", 0),
      ("\u{301}", 0), ("\n", 1), ("\r\n", 1), ("\u{1B}", 1), ("\u{9B}", 1), ("─", 1), ("🫠", 2),
    ] as [(Character, Int)])
  func clusters(character: Character, columns: Int) {
    #expect(Columns.width(of: character) == columns)
  }

  @Test(
    "a text takes the sum",
    arguments: [
      ("", 0), ("plain", 5), ("a漢b", 4), ("a\r\nb", 3), ("naïve", 5), ("👩‍👩‍👧!", 3), ("日本語", 6),
    ])
  func texts(text: String, columns: Int) {
    #expect(Columns.width(of: text) == columns)
    #expect(Columns.width(of: text[...]) == columns)
  }
}
