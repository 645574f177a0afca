import TextLayout
import Testing

@Suite("Wrapping")
struct WrapTests {
  @Test(
    "text breaks by words, long words by cluster",
    arguments: [
      ("", 5, [""]), ("abc", 5, ["abc"]), ("the quick brown fox", 10, ["the quick", "brown fox"]),
      ("abcdefgh", 3, ["abc", "def", "gh"]), ("a bcdefgh", 3, ["a", "bcd", "efg", "h"]),
      ("aa bb", 2, ["aa", "bb"]), ("aa    bb", 3, ["aa", "bb"]), ("aa   ", 3, ["aa"]),
      ("aa ", 3, ["aa "]), ("  aa bb", 5, ["  aa", "bb"]), ("a\nb", 5, ["a", "b"]),
      ("a\r\nb\n", 5, ["a", "b", ""]), ("\n\n", 5, ["", "", ""]), ("a\u{2028}b", 5, ["a", "b"]),
      ("aaa\nbb", 3, ["aaa", "bb"]), ("a\tb", 9, ["a   b"]), ("\ta", 9, ["    a"]),
      ("abcd\te", 9, ["abcd    e"]), ("漢\tb", 9, ["漢  b"]), ("ab\tcd", 4, ["ab", "cd"]),
      ("漢字漢字", 5, ["漢字", "漢字"]), ("漢字。漢", 4, ["漢", "字。", "漢"]), ("ab漢字", 4, ["ab漢", "字"]),
      ("hello漢字", 6, ["hello", "漢字"]), ("漢", 1, ["漢"]), ("a漢b", 1, ["a", "漢", "b"]),
      ("🙂🙂🙂", 4, ["🙂🙂", "🙂"]), ("e\u{301}e\u{301}e\u{301}", 2, ["e\u{301}e\u{301}", "e\u{301}"]),
      ("👩‍👩‍👧👩‍👩‍👧", 3, ["👩‍👩‍👧", "👩‍👩‍👧"]), ("abc", 0, ["a", "b", "c"]), ("abc", -4, ["a", "b", "c"]),
      ("a\u{A0}b c", 3, ["a\u{A0}b", "c"]), ("\u{1B}[31mx", 4, ["\u{1B}[31", "mx"]),
    ])
  func lines(text: String, columns: Int, lines: [String]) {
    #expect(wrap(text, columns: columns).map { String($0.text) } == lines)
  }

  @Test(
    "lines fit, measure themselves, and together are the source",
    arguments: [
      "the  quick\tbrown 漢字。 fox 👩‍👩‍👧 \n\n  jumps", "   ", "      x y", "a    \tb\n", "क्षा का 🇸🇪🇸🇪",
    ])
  func invariants(text: String) {
    for columns in 1...24 {
      let lines = wrap(text, columns: columns)
      var next = text.startIndex
      for line in lines {
        #expect(line.width == Columns.width(of: line.text), "\(columns): \(line)")
        #expect(line.width <= max(columns, 3), "\(columns): \(line)")
        #expect(line.width <= columns || line.text.count == 1, "\(columns): \(line)")
        let between = text[next..<line.range.lowerBound]
        #expect(between.isEmpty || between == "\n", "\(columns): \(line)")
        next = line.range.upperBound
      }
      #expect(next == text.endIndex)
    }
  }

  @Test("time grows with the text, not with its square")
  func linear() {
    func work(_ count: Int) -> Duration {
      let text = String(repeating: "漢字 word ", count: count)
      return ContinuousClock().measure { _ = wrap(text, columns: 40) }
    }
    _ = work(100)
    let small = work(2_000)
    let large = work(32_000)
    #expect(large < small * 80, "16 times the text took \(large), not about 16 × \(small)")
  }
}

@Suite("Truncating")
struct TruncateTests {
  @Test(
    "a text too long ends in an ellipsis",
    arguments: [
      ("hello", 5, "hello"), ("hello", 4, "hel…"), ("hello", 1, "…"), ("hello", 0, ""),
      ("hello", -1, ""), ("", 3, ""), ("漢字漢", 5, "漢字…"), ("漢字漢", 4, "漢…"), ("漢字", 4, "漢字"),
      ("e\u{301}e\u{301}", 1, "…"), ("👩‍👩‍👧👩‍👩‍👧x", 3, "👩‍👩‍👧…"), ("ab\u{200B}", 2, "ab\u{200B}"),
    ])
  func cut(text: String, columns: Int, result: String) {
    #expect(truncate(text, columns: columns) == result)
  }

  @Test("another ellipsis, or none that fits")
  func ellipsis() {
    #expect(truncate("hello", columns: 4, ellipsis: "...") == "h...")
    #expect(truncate("hello", columns: 2, ellipsis: "...") == "he")
  }
}
