import ACSTypes
import Testing

@testable import ACSAuth

@Suite("Excerpt")
struct ExcerptTests {
  @Test(
    "a text from elsewhere becomes one harmless line",
    arguments: [
      ("Not found", "Not found"),
      ("  a\r\n\tb\u{0}c  ", "a b c"),
      ("\u{1B}[2J\u{1B}]0;x\u{7}y", "[2J ]0;x y"),
      ("a\u{202E}b\u{2066}c\u{200B}d", "a b c d"),
      ("", ""),
      ("grüße 👨‍👩‍👧 日本", "grüße 👨 👩 👧 日本"),
      ("123456789012345678901", "12345678901234567890…"),
    ])
  func oneLine(text: String, shown: String) {
    #expect(Excerpt(text, limit: 20).text == shown)
  }

  @Test(
    "what may be a token or a key is not shown",
    arguments: [
      ("eyJhbGciOiJSUzI1NiJ9.eyJza3lwZWlkIjoi.c2ln", "<redacted>"),
      (#"{"t":"eyJhbGciOiJSUzI1NiJ9.eyJza3lwZWlkIjoi.c2ln"}"#, #"{"t":"<redacted>"}"#),
      ("key=pw12 is wrong", "key=<redacted> is wrong"),
      ("k Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4 z", "k <redacted> z"),
      (
        "8:acs:5d1c0b2e-0f53-4a49-9d2c-5b0f6f0a7a11_0000000c-005a-9fcc-ac00-343a0d007710",
        "8:acs:5d1c0b2e-0f53-4a49-9d2c-5b0f6f0a7a11_0000000c-005a-9fcc-ac00-343a0d007710"
      ),
      (
        "see https://learn.example.com/en-us/azure/communication-services/concepts/authentication",
        "see https://learn.example.com/en-us/azure/communication-services/concepts/authentication"
      ),
    ])
  func noSecrets(text: String, shown: String) {
    #expect(Excerpt(text, limit: 200, hiding: [Secret("pw12")]).text == shown)
  }

  @Test(
    "durations are said with their two largest units",
    arguments: [
      (Duration.milliseconds(0), "0 ms"), (.milliseconds(999), "999 ms"), (.seconds(1), "1 s"),
      (.milliseconds(59_999), "59 s"), (.seconds(60), "1 min"), (.seconds(570), "9 min 30 s"),
      (.seconds(3600), "1 h"), (.seconds(86_399), "23 h 59 min"), (.seconds(86_400), "1 d"),
      (.seconds(90_000), "1 d 1 h"), (.seconds(-45), "45 s"),
    ])
  func words(duration: Duration, words: String) {
    #expect(duration.words == words)
  }
}
