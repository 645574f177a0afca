import Cells

/// The sequences that switch what ncurses does not know, sent only when something changes.
struct TerminalModes {
  /// Whether titles and cursor shapes are understood.
  private let isXterm: Bool
  /// What the terminal is set to; nil before the first frame and after leaving.
  private var current: Frame.Modes?

  private static let pasteOn = "\u{1B}[?2004h", pasteOff = "\u{1B}[?2004l"
  // Buttons and drags, as SGR reports.
  private static let mouseOn = "\u{1B}[?1002h\u{1B}[?1006h"
  private static let mouseOff = "\u{1B}[?1002l\u{1B}[?1006l"
  private static let focusOn = "\u{1B}[?1004h", focusOff = "\u{1B}[?1004l"
  // The terminal keeps its own title on a stack.
  private static let titleKept = "\u{1B}[22;2t", titleBack = "\u{1B}[23;2t"
  /// The longest title sent; window managers cut earlier.
  private static let titleLimit = 120

  init(isXterm: Bool) {
    self.isXterm = isXterm
  }

  /// Sets the terminal to `modes`; empty when it is.
  mutating func change(to modes: Frame.Modes) -> String {
    guard modes != current else { return "" }
    let before = current ?? Frame.Modes(paste: false)
    var text = current == nil ? Self.focusOn + (isXterm ? Self.titleKept : "") : ""
    if modes.paste != before.paste { text += modes.paste ? Self.pasteOn : Self.pasteOff }
    if modes.mouse != before.mouse { text += modes.mouse ? Self.mouseOn : Self.mouseOff }
    if isXterm, modes.cursorShape != before.cursorShape {
      text += "\u{1B}[\(Self.number(of: modes.cursorShape)) q"
    }
    if isXterm, modes.title != before.title { text += title(modes.title) }
    current = modes
    return text
  }

  /// Sets the terminal back to what it was.
  mutating func leave() -> String {
    guard let before = current else { return "" }
    current = nil
    var text = Self.focusOff
    if before.paste { text += Self.pasteOff }
    if before.mouse { text += Self.mouseOff }
    if isXterm, before.cursorShape != .standard { text += "\u{1B}[0 q" }
    return text + (isXterm ? Self.titleBack : "")
  }

  /// Switches off whatever may be on, for emergencies.
  var everythingOff: String {
    Self.focusOff + Self.pasteOff + Self.mouseOff + (isXterm ? "\u{1B}[0 q" + Self.titleBack : "")
  }

  private func title(_ title: String) -> String {
    guard !title.isEmpty else { return Self.titleBack + Self.titleKept }
    // As in cells, no control may end the sequence early and begin another.
    let visible = title.prefix(Self.titleLimit).map { Cell($0).character }
    return "\u{1B}]2;" + String(visible) + "\u{7}"
  }

  /// DECSCUSR, the steady form of each.
  private static func number(of shape: Frame.CursorShape) -> Int {
    switch shape {
    case .standard: 0
    case .block: 2
    case .underline: 4
    case .bar: 6
    }
  }
}
