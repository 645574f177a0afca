import ScriptKit
import Testing

@Suite("A pattern with '*'")
struct GlobTests {
  @Test(
    "takes a text whole or not at all",
    arguments: [
      ("", "", true), ("", "a", false), ("*", "", true), ("*", "any", true), ("abc", "abc", true),
      ("abc", "abcd", false), ("a*", "abc", true), ("*c", "abc", true), ("a*c", "ac", true),
      ("a*c", "abcd", false), ("a*b*c", "a1b2b3c", true), ("a*b*c", "ac", false), ("**", "x", true),
      ("a**b", "a-b", true), ("*aab", "aaab", true), ("a*a", "a", false), ("ab*ba", "aba", false),
      ("/chat/threads/*/messages", "/chat/threads/19:x@thread.v2/messages", true),
      ("/chat/threads/*/messages", "/chat/threads/19:x@thread.v2/messages/1", false),
      ("ü*👍🏽", "über 👍🏽", true), ("a*", "A", false),
    ])
  func matches(pattern: String, text: String, isMatch: Bool) {
    #expect(Glob(pattern).matches(text) == isMatch)
  }

  @Test("of many stars does not take for ever")
  func manyStars() {
    let pattern = String(repeating: "a*", count: 200) + "b"
    #expect(!Glob(pattern).matches(String(repeating: "a", count: 5000)))
  }
}
