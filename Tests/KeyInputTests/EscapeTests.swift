import KeyInput
import Testing

/// What a decoder gives for `text` and then, when nothing more comes, for the time-out.
private func late(_ text: String) -> (before: [TerminalInput], after: [TerminalInput]) {
  var decoder = InputDecoder()
  let before = decoder.consume(text.utf8)
  #expect(decoder.isPending)
  let after = decoder.timedOut()
  #expect(!decoder.isPending)
  #expect(decoder.consume("z".utf8) == [.key(KeyPress(.character("z")))])
  return (before, after)
}

@Suite("A lone Esc")
struct EscapeTests {
  @Test(
    "time decides what it was",
    arguments: [
      ("\u{1B}", ["Esc"]), ("\u{1B}\u{1B}", ["Esc", "Esc"]), ("\u{1B}[", ["M-["]),
      ("\u{1B}O", ["M-O"]), ("\u{1B}]", ["M-]"]), ("\u{1B}P", ["M-P"]), ("\u{1B}_", ["M-_"]),
      ("\u{1B}]0;never ended", []),
    ])
  func timeOut(text: String, chords: [String]) {
    let (before, after) = late(text)
    #expect(before.isEmpty)
    #expect(after == chords.compactMap { KeyPress(chord: $0) }.map { .key($0) })
  }

  @Test("the first of three is a key at once")
  func three() {
    let (before, after) = late("\u{1B}\u{1B}\u{1B}")
    #expect(before == [.key(KeyPress(.escape))])
    #expect(after.count == 2)
  }

  @Test(
    "the middle of a sequence or of a character waits without end",
    arguments: ["\u{1B}[1", "\u{1B}[1;", "\u{1B}[200~abc", "\u{1B}[M", ""])
  func noTimeOut(text: String) {
    var decoder = InputDecoder()
    #expect(decoder.consume(text.utf8).isEmpty)
    #expect(!decoder.isPending)
    #expect(decoder.timedOut().isEmpty)
  }
}
