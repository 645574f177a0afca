import ACSTypes
import Services
import TestKit
import Testing

@testable import LocalStore

@Suite("The search in the local history")
struct SearchTests {
  /// What is looked for, in what, and whether it is there.
  private static let table: [(wanted: String, text: String, isFound: Bool)] = [
    ("hello", "Hello, world", true), ("HELLO wor", "hello World", true),
    ("world hello", "hello world", true), ("hel wor", "hello world", false),
    ("ello", "hello", false), ("hello there", "hello world", false),
    ("cafe", "Café", true), ("CAFÉ", "cafe", true), ("naive", "naïve", true),
    ("cafe\u{301}", "café", true), ("uber", "ÜBER", true), ("ø", "o", false),
    ("don't", "I don't", true), ("don't", "t don", false), ("don't", "don it", false),
    ("10:30", "at 10:30 sharp", true), ("10:3", "at 10:30 sharp", true),
    ("世界", "你好世界", true), ("界世", "你好世界", false), ("世", "你好世界", true),
    ("カタ", "これはカタカナ", true), ("โลก", "สวัสดีโลก", true), ("привет", "Привет, мир", true),
    ("👍", "ok👍fine", true), ("ok", "ok👍fine", true), ("fine", "ok👍fine", true),
    ("🥺", "is🥺it", true), ("❤", "ok ❤️", true), ("❤️", "❤", true), ("🇸🇪", "to 🇸🇪!", true),
    ("🥺 ❤", "❤🥺", true), ("🥺", "🧿", false), ("🇸🇪", "🇪🇸", false), ("…", "a…b", false),
    ("καλος", "ΚΑΛΟΣ", true), ("ΚΑΛΟΣ", "καλός.", true), ("καλό", "καλοσ", true),
    ("σοφος", "Σοφὸς", true), ("محمد", "مُحَمَّد", true), ("مُحَمَّد", "محمد", true),
    ("حمد", "مُحَمَّد", false),
    ("שלום", "שָׁלוֹם", true), ("שָׁלוֹם", "שלום", true), ("𞤀𞤁", "𞤢𞤣", true), ("𞤢𞤣", "𞤀𞤁", true),
    ("ꭰꭱ", "ᎠᎡ", true), ("ᎠᎡ", "ꭰꭱ", true), ("cam on", "cảm ơn", true), ("ảnh", "anh", true),
    ("istanbul", "İstanbul", true), ("\u{212B}", "a", true), ("ø", "Ǿ", true),
    ("o\u{338}", "o", true),
    ("мой", "мои\u{306}", true), ("мои", "мой", false), ("мои\u{306}", "мой", true),
    ("한국", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}", true), ("하", "한", false),
    ("が", "か\u{3099}", true), ("か", "が", false), ("ß", "ẞ", true), ("ⅻ", "Ⅻ", true),
    ("हिन्दी", "हिन्दी में", true), ("हिन्", "हिन्दी", true), ("न्दी", "हिन्दी", false),
    ("👍", "👎", false), ("👍🏽", "👍", true), ("", "hello", false), ("  ", "hello", false),
    ("!?", "hello", false), ("hello !", "hello", true), ("! hello", "hello", true),
    ("hello AND world", "hello world", false), ("hello OR nothing", "hello", false),
    ("hello NOT world", "hello", false), ("NEAR(hello world)", "hello world", false),
    ("body:hello", "hello", false), ("thread : 1", "hello", false), ("hello*", "hello", true),
    ("he*lo", "hello", false), ("^hello", "hello", true), ("\"hello", "hello", true),
    ("hello\"", "hello", true), ("\"hello\" OR \"x", "hello", false), ("hello)", "hello", true),
    ("{body}: hello", "hello", false), ("-hello", "hello", true), ("hello\u{0}", "hello", true),
    ("hel\u{0}lo", "hello", false), ("'; DROP TABLE messages; --", "hello", false),
    ("hello hello", "hello", true), ("hello hell", "hello", true),
  ]

  @Test(
    "words are found as they are meant, by SQLite and by the model",
    arguments: SearchTests.table)
  func words(wanted: String, text shown: String, isFound: Bool) async throws {
    let stores: [any HistoryStore] = [try SQLiteHistoryStore(nil), MemoryHistoryStore()]
    for store in stores {
      try await store.save([.messages(general, [text(1, shown)])])
      for thread in [nil, general] {
        let hits = try await store.search(wanted, in: thread, before: nil, limit: 9)
        #expect(hits.isEmpty == !isFound, "\(type(of: store))")
      }
      #expect(try await store.search(wanted, in: random, before: nil, limit: 9).isEmpty)
    }
  }

  /// Letters, marks and signs of many scripts, of which texts are made by chance.
  private static let pieces: [String] =
    [
      "a", "B", "é", "e\u{301}", "ả", "Ǿ", "ẞ", "İ", "ı", "ﬁ", "Σ", "ς", "σ", "ά", "α\u{301}", "ᾳ",
      "Ω", "й", "и\u{306}", "Ё", "Ꭰ", "ꭰ", "𞤀", "𞤢", "\u{5E9}\u{5C1}", "\u{FB2A}", "ש", "م", "أ",
      "م\u{64F}", "ا\u{654}", "क\u{93C}", "\u{958}", "क्षि", "ก็", "ไ", "한", "하", "が", "か\u{3099}",
      "\u{1112}\u{1161}\u{11AB}", "世", "\u{F900}", "\u{8C48}", "👍", "👍🏽", "🇸🇪", "🇪", "👩‍👩‍👧", "❤️",
      "❤", "1️⃣", "7", "٣", "²", "½", "Ⅻ", "𝐀", "Ａ", "\u{212A}", "\u{212B}", "\u{2126}", "\u{E000}",
      "\u{378}", "\u{600}", "\u{301}", "\u{200D}", "\u{FE0F}", "\u{3099}", "\u{1161}", "\u{200E}",
      "\u{202E}", "\u{FEFF}", "-", "'", "_", "\"", "*", "…", "€", "\0", "\r\n", "\n", "\u{3000}",
      "\u{A0}",
    ] + Array(repeating: " ", count: 12)

  @Test("every script is found in a thread as everywhere, and marked", arguments: 0..<60)
  func oddScripts(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    func made(_ most: Int) -> String {
      (0..<Int.random(in: 1...most, using: &random))
        .compactMap { _ in SearchTests.pieces.randomElement(using: &random) }.joined()
    }
    let texts = (0..<40).map { _ in made(12) }
    let store = try SQLiteHistoryStore(nil, partCapacity: 16)
    let model = MemoryHistoryStore()
    for history in [store, model] as [any HistoryStore] {
      try await history.save([.messages(general, zip(Int64(1)..., texts).map { text($0, $1) })])
    }
    var found = 0
    for turn in 0..<80 {
      var wanted = made(3)
      if turn % 2 == 0, let text = texts.randomElement(using: &random) {
        let scalars = Array(text.unicodeScalars)
        let start = Int.random(in: 0..<scalars.count, using: &random)
        let end = Int.random(in: start...scalars.count, using: &random)
        wanted = String(String.UnicodeScalarView(scalars[start..<end]))
      }
      let everywhere = try await store.search(wanted, in: nil, before: nil, limit: 99)
      let comment: Comment = "\(Array(wanted.unicodeScalars)), seed \(seed)"
      #expect(
        try await store.search(wanted, in: general, before: nil, limit: 99) == everywhere, comment)
      #expect(
        try await model.search(wanted, in: nil, before: nil, limit: 99) == everywhere, comment)
      for hit in everywhere {
        let line = Array(hit.excerpt)
        let marked = hit.marks.map { String(line[$0]) }.joined(separator: " ")
        #expect(SearchWords(wanted).areIn(marked), "'\(marked)' of '\(hit.excerpt)': \(comment)")
      }
      found += everywhere.count
    }
    #expect(found > 40)
    // Nothing of what is forgotten stays to be found.
    try await store.save([
      .messages(general, (1...40).map { text($0, "", version: 99, deleted: true) })
    ])
    for piece in SearchTests.pieces {
      #expect(try await store.search(piece, in: nil, before: nil, limit: 9).isEmpty)
    }
  }

  @Test("no text is too strange or too long to be looked for")
  func hostile() async throws {
    let store = try SQLiteHistoryStore(nil)
    try await store.save([.messages(general, [text(1, "a b c hello")])])
    let texts = [
      String(repeating: "a ", count: 5000), String(repeating: "\"", count: 10_000),
      (0..<2500).map { "w\($0)" }.joined(separator: " "), String(repeating: "世", count: 10_000),
      String(repeating: "a'", count: 5000), String(repeating: "(", count: 10_000),
      String(repeating: "👩‍👩‍👧", count: 3000), String(repeating: "e\u{301}", count: 5000),
      String(String.UnicodeScalarView((0..<10_000).compactMap { Unicode.Scalar($0 + 1) })),
    ]
    for text in texts {
      let hits = try await store.search(text, in: nil, before: nil, limit: 9)
      #expect(hits.count == (text.hasPrefix("a ") ? 1 : 0))
    }
  }

  @Test("hits come newest first over many parts of the index, and page by place")
  func newestFirst() async throws {
    let store = try SQLiteHistoryStore(nil, partCapacity: 16)
    var random = SeededRandom(seed: 7)
    let places = (1...600).shuffled(using: &random).map { Int64($0) }
    for place in places {
      let thread = ChatThreadID("\(place % 3)")
      try await store.save([
        .messages(thread, [text(place, "word \(place % 2 == 0 ? "even" : "odd")")])
      ])
    }
    var found: [Int64] = []
    while true {
      let hits = try await store.search("word ev", in: nil, before: found.last, limit: 50)
      guard !hits.isEmpty else { break }
      found += hits.map(\.message.id.place)
    }
    #expect(found == (1...300).reversed().map { $0 * 2 })
    let hits = try await store.search("wor", in: ChatThreadID("1"), before: 100, limit: 3)
    #expect(hits.map(\.message.id.place) == [97, 94, 91])
    #expect(hits.map(\.thread.rawValue) == ["1", "1", "1"])
  }

  @Test("messages of one millisecond, or of none, are all found")
  func crowded() async throws {
    let store = try SQLiteHistoryStore(nil)
    for number in 0..<600 {
      var strange = text(0, "word")
      strange.id = ChatMessageID("strange \(number)")
      var late = text(0, "word")
      late.id = ChatMessageID("\(Int64.max - Int64(number))")
      try await store.save([
        .messages(ChatThreadID("\(number)"), [text(5000, "word"), strange, late])
      ])
    }
    #expect(try await store.search("word", in: nil, before: nil, limit: 9999).count == 1800)
  }

  /// The text, what is looked for, the line with its marks in brackets.
  private static let excerpts: [(text: String, wanted: String, line: String)] = [
    ("Hello, world", "wor", "Hello, [world]"),
    ("héllo\n\n  Wörld", "hello world", "[héllo] [Wörld]"),
    ("nothing", "x", "nothing"), ("你好世界", "世界", "你好[世界]"), ("a👍b", "👍", "a[👍]b"),
    ("I don't, don it", "don't", "I [don't], don it"),
    ("\u{1B}[31mred\u{202E} x", "x", "[31mred [x]"),
    (
      String(repeating: "x ", count: 100) + "here" + String(repeating: " y", count: 100), "here",
      "…" + String(repeating: "x ", count: 15) + "[here]" + String(repeating: " y", count: 63) + "…"
    ),
    ("x\u{200E}\u{301} here", "here", "x \u{301} [here]"), ("ΟΔΟΣ", "οδος", "[ΟΔΟΣ]"),
    ("ab abc", "ab", "[ab] [abc]"), ("", "x", ""),
  ]

  @Test("a hit shows one line around its words", arguments: 0..<12)
  func excerpt(row: Int) {
    let (text, wanted, line) = SearchTests.excerpts[row]
    let excerpt = Excerpt(of: text, around: SearchWords(wanted))
    var marked = Array(excerpt.text).map { String($0) }
    for mark in excerpt.marks {
      marked[mark.lowerBound] = "[" + marked[mark.lowerBound]
      marked[mark.upperBound - 1] += "]"
    }
    #expect(marked.joined() == line)
  }

  private static let pages: [(html: String, text: String)] = [
    ("plain", "plain"), ("<p>a</p><p>b</p>", "a\nb"), ("a<br>b<br/>c", "a\nb\nc"),
    ("<b>bo</b>ld &amp; &lt;i&gt; &#65;&#x42; &quot;&nbsp;", "bold & <i> AB \" "),
    ("a < b & c", "a < b & c"), ("<script>evil()</script>ok", "ok"), ("<!-- no -->yes", "yes"),
    ("<img src=\"x\" alt=\">\">", "\">"), ("a<", "a<"), ("<unclosed", "<unclosed"),
    ("&#xD800;", "&#xD800;"),
    ("<style>x", ""), ("é<i>ü</i>", "éü"), ("&unknown;", "&unknown;"),
  ]

  @Test("HTML is found by what a reader sees of it", arguments: SearchTests.pages)
  func html(html: String, text: String) {
    #expect(PlainText(html: html).text == text)
  }

  @Test("the tags of HTML are not found, and a deletion forgets what was")
  func htmlIndex() async throws {
    let store = try SQLiteHistoryStore(nil)
    var message = text(1, "")
    message.content = .html("<blockquote>ge<b>heim</b></blockquote>")
    try await store.save([.messages(general, [message])])
    #expect(try await store.search("blockquote", in: nil, before: nil, limit: 9).isEmpty)
    #expect(
      try await store.search("geheim", in: nil, before: nil, limit: 9).first?.excerpt == "geheim")
    message.deletedOn = .epoch
    try await store.save([.messages(general, [message])])
    #expect(try await store.search("geheim", in: nil, before: nil, limit: 9).isEmpty)
  }
}
