import KeyInput
import TestKit
import Testing

/// Feeds `bytes` in every way and expects `chords`, then nothing under way.
func expectKeys(
  _ bytes: [UInt8], _ chords: [String], sourceLocation: SourceLocation = #_sourceLocation
) {
  let wanted = chords.map { chord in
    KeyPress(chord: chord).map { TerminalInput.key($0) }
  }
  expectInputs(bytes, wanted.compactMap { $0 }, sourceLocation: sourceLocation)
  #expect(!wanted.contains(nil), "a chord is misspelt", sourceLocation: sourceLocation)
}

/// Feeds `bytes` in every way and expects `inputs`, then nothing under way.
func expectInputs(
  _ bytes: [UInt8], _ inputs: [TerminalInput], sourceLocation: SourceLocation = #_sourceLocation
) {
  for chunks in ChunkFeeder(bytes).chunkings {
    var decoder = InputDecoder()
    let seen = chunks.flatMap { decoder.consume($0) }
    #expect(seen == inputs, "cut as \(chunks)", sourceLocation: sourceLocation)
    #expect(!decoder.isPending, "cut as \(chunks)", sourceLocation: sourceLocation)
    // A plain letter afterwards shows that nothing is left over.
    #expect(
      decoder.consume([0x7A]) == [.key(KeyPress(.character("z")))], "cut as \(chunks)",
      sourceLocation: sourceLocation)
  }
}

@Suite("InputDecoder")
struct InputDecoderTests {
  @Test(
    "bytes are keys",
    arguments: [
      ("aZ é漢🙂", ["a", "Z", "Space", "é", "漢", "🙂"]),
      ("\u{11}\u{0}\u{1C}\u{1F}", ["C-q", "C-Space", "C-\\", "C-_"]),
      ("\r\n\t\u{7F}\u{8}", ["Enter", "C-j", "Tab", "Backspace", "Backspace"]),
      ("\u{1B}x\u{1B}X\u{1B}é\u{1B}\r\u{1B}\u{11}", ["M-x", "M-X", "M-é", "M-Enter", "C-M-q"]),
      ("\u{1B}\u{1B}x", ["Esc", "M-x"]),
      // xterm, VT220, rxvt, Linux console
      (
        "\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D\u{1B}[H\u{1B}[F",
        ["Up", "Down", "Right", "Left", "Home", "End"]
      ),
      ("\u{1B}OA\u{1B}OH\u{1B}OP\u{1B}OS\u{1B}OM", ["Up", "Home", "F1", "F4", "Enter"]),
      (
        "\u{1B}[5~\u{1B}[6~\u{1B}[2~\u{1B}[3~\u{1B}[1~\u{1B}[4~",
        ["PgUp", "PgDn", "Insert", "Delete", "Home", "End"]
      ),
      ("\u{1B}[11~\u{1B}[15~\u{1B}[17~\u{1B}[24~\u{1B}[34~", ["F1", "F5", "F6", "F12", "F20"]),
      (
        "\u{1B}[1;5C\u{1B}[1;2A\u{1B}[3;3~\u{1B}[1;8P", ["C-Right", "S-Up", "M-Delete", "C-M-S-F1"]
      ),
      ("\u{1B}[Z\u{1B}\u{1B}[A\u{1B}\u{1B}OA", ["S-Tab", "M-Up", "M-Up"]),
      (
        "\u{1B}[a\u{1B}Oa\u{1B}[3^\u{1B}[3$\u{1B}[3@",
        ["S-Up", "C-Up", "C-Delete", "S-Delete", "C-S-Delete"]
      ),
      ("\u{1B}[[A\u{1B}[[E", ["F1", "F5"]), ("\u{1B}O5A", ["C-Up"]),
      ("\u{1B}Op\u{1B}Oy\u{1B}Ok\u{1B}OX", ["0", "9", "+", "="]),
      // kitty and modifyOtherKeys
      (
        "\u{1B}[97;5u\u{1B}[27u\u{1B}[13;5u\u{1B}[97;2u\u{1B}[233u",
        ["C-a", "Esc", "C-Enter", "A", "é"]
      ),
      ("\u{1B}[97:65;2:1u\u{1B}[97;1:3u\u{1B}[1;1:3A", ["A"]),
      (
        "\u{1B}[27;5;13~\u{1B}[27;6;97~\u{1B}[57376u\u{1B}[57400u",
        ["C-Enter", "C-S-a", "F13", "1"]
      ),
    ])
  func keys(text: String, chords: [String]) {
    expectKeys(Array(text.utf8), chords)
  }

  @Test(
    "unknown sequences are swallowed whole",
    arguments: [
      "\u{1B}[?1;2c", "\u{1B}[>41;330;0c", "\u{1B}[?2026;2$y", "\u{1B}[99~", "\u{1B}[12;40X",
      "\u{1B}]11;rgb:0000/0000/0000\u{7}", "\u{1B}]0;x\u{1B}\\", "\u{1B}P1+r436f\u{1B}\\",
      "\u{1B}_Gi=1;OK\u{1B}\\", "\u{1B}[E", "\u{1B}[57441;2u", "\u{1B}[1;2\u{18}", "\u{1B}OE",
      "\u{1B}[<35;4;4M", "\u{1B}[<0;0;4M", "\u{1B}[<0;4M", "\u{1B}[999999999999999u", "\u{85}",
      "\u{1B}[" + String(repeating: "1;", count: 60) + "u",
    ])
  func swallowed(text: String) {
    expectInputs(Array(text.utf8), [])
  }

  @Test(
    "bad UTF-8 gives one replacement for each broken character",
    arguments: [
      ([0xFF], 1), ([0x80, 0x80], 2), ([0xC3, 0x41], 1), ([0xE2, 0x82, 0x41], 1),
      ([0xC0, 0xAF], 2), ([0xE0, 0x80, 0x80], 1), ([0xED, 0xA0, 0x80], 1),
      ([0xF4, 0x90, 0x80, 0x80], 1), ([0xF0, 0x9F, 0xC3, 0xA9], 1),
    ] as [([UInt8], Int)])
  func badCharacters(bytes: [UInt8], count: Int) {
    var decoder = InputDecoder()
    let seen = decoder.consume(bytes)
    #expect(seen.filter { $0 == .key(KeyPress(.character("\u{FFFD}"))) }.count == count)
    #expect(seen.count - count == (bytes.contains(0x41) || bytes.last == 0xA9 ? 1 : 0))
  }

  @Test("the mouse, in SGR and old reports")
  func mouse() {
    expectInputs(
      Array("\u{1B}[<0;3;5M\u{1B}[<0;3;5m\u{1B}[<34;4;5M\u{1B}[<64;1;1M\u{1B}[<85;1;1M".utf8),
      [
        .mouse(MouseInput(kind: .press, column: 2, row: 4)),
        .mouse(MouseInput(kind: .release, column: 2, row: 4)),
        .mouse(MouseInput(kind: .drag, button: .right, column: 3, row: 4)),
        .mouse(MouseInput(kind: .scrollUp, button: .other, column: 0, row: 0)),
        .mouse(
          MouseInput(
            kind: .scrollDown, button: .other, column: 0, row: 0, modifiers: [.shift, .control])),
      ])
    expectInputs(
      [0x1B, 0x5B, 0x4D, 32, 35, 37, 0x1B, 0x5B, 0x4D, 35, 35, 37],
      [
        .mouse(MouseInput(kind: .press, column: 2, row: 4)),
        .mouse(MouseInput(kind: .release, button: .other, column: 2, row: 4)),
      ])
  }

  @Test("focus")
  func focus() {
    expectInputs(Array("\u{1B}[I\u{1B}[O".utf8), [.focus(true), .focus(false)])
  }
}
