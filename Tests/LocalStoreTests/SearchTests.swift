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
    ("ab abc", "ab", "[ab] [abc]"), ("", "x", ""),
  ]

  @Test("a hit shows one line around its words", arguments: 0..<10)
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
