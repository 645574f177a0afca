import Cells
import Testing

@testable import CursesScreen

/// A sequence with its Esc and BEL made visible.
private func visible(_ text: String) -> String {
  text.replacing("\u{1B}", with: "␛").replacing("\u{7}", with: "␇")
}

@Suite("TerminalModes")
struct TerminalModesTests {
  @Test("only what changes is sent, and all of it is taken back")
  func changes() {
    var modes = TerminalModes(isXterm: true)
    #expect(
      visible(modes.change(to: Frame.Modes(title: "a", cursorShape: .bar)))
        == "␛[?1004h␛[22;2t␛[?2004h␛[6 q␛]2;a␇")
    #expect(modes.change(to: Frame.Modes(title: "a", cursorShape: .bar)) == "")
    #expect(
      visible(modes.change(to: Frame.Modes(title: "a", mouse: true, cursorShape: .bar)))
        == "␛[?1002h␛[?1006h")
    #expect(
      visible(modes.change(to: Frame.Modes(title: "b", paste: false)))
        == "␛[?2004l␛[?1002l␛[?1006l␛[0 q␛]2;b␇")
    #expect(visible(modes.change(to: Frame.Modes(paste: false))) == "␛[23;2t␛[22;2t")
    #expect(visible(modes.leave()) == "␛[?1004l␛[23;2t")
    #expect(modes.leave() == "")
  }

  @Test("other terminals than xterm's kind get no title and no cursor shape")
  func plain() {
    var modes = TerminalModes(isXterm: false)
    let all = Frame.Modes(title: "a", mouse: true, cursorShape: .block)
    #expect(visible(modes.change(to: all)) == "␛[?1004h␛[?2004h␛[?1002h␛[?1006h")
    #expect(visible(modes.leave()) == "␛[?1004l␛[?2004l␛[?1002l␛[?1006l")
  }

  @Test("a title cannot end its sequence early")
  func hostileTitle() {
    var modes = TerminalModes(isXterm: true)
    let title = "x\u{7}\u{1B}]0;y\u{9C}\n" + String(repeating: "z", count: 500)
    let sent = visible(modes.change(to: Frame.Modes(title: title)))
    #expect(sent.contains("]2;x␇␛]0;y\u{FFFD}␊zzz"))
    #expect(sent.utf8.count < 300)
    var bytes = TerminalModes(isXterm: true)
    let raw = bytes.change(to: Frame.Modes(title: title, paste: false))
    #expect(
      raw.unicodeScalars.filter { $0.value < 0x20 || $0.value == 0x9C }.map(\.value) == [
        0x1B, 0x1B, 0x1B, 0x07,
      ])
  }
}
