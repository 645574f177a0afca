import KeyInput
import TestKit
import Testing

private func pasted(_ body: [UInt8]) -> [UInt8] {
  Array("\u{1B}[200~".utf8) + body + Array("\u{1B}[201~".utf8)
}

@Suite("Pastes")
struct PasteTests {
  @Test(
    "text comes whole, without controls",
    arguments: [
      ("hello", "hello"), ("", ""), ("a\tb\nc", "a\tb\nc"), ("a\r\nb\rc\n\nd", "a\nb\nc\n\nd"),
      ("\u{1B}[31mred\u{7}\u{0}\u{7F}\u{9B}x", "[31mredx"), ("漢é👩‍👧", "漢é👩‍👧"),
      ("\u{1B}\u{1B}[201", "[201"), ("\u{1B}[200~nested", "[200~nested"), ("q\u{11}q", "qq"),
    ])
  func text(body: String, text: String) {
    expectInputs(pasted(Array(body.utf8)), [.paste(text)])
  }

  @Test("bad UTF-8 is mended")
  func badCharacters() {
    expectInputs(pasted([0x61, 0xFF, 0x62]), [.paste("a\u{FFFD}b")])
  }

  @Test("what is over the limit is dropped at a character's edge", arguments: [0, 1, 2])
  func limit(shift: Int) {
    let body =
      Array(String(repeating: "x", count: shift).utf8)
      + Array(String(repeating: "漢", count: 400_000).utf8)
    var decoder = InputDecoder()
    guard case .paste(let text)? = decoder.consume(pasted(body)).first else {
      Issue.record("no paste")
      return
    }
    #expect(text.utf8.count <= InputDecoder.pasteLimit)
    #expect(text.utf8.count > InputDecoder.pasteLimit - 3)
    #expect(text.drop { $0 == "x" }.allSatisfy { $0 == "漢" })
    #expect(decoder.consume([0x61]) == [.key(KeyPress(.character("a")))])
  }
}
