import CNcurses
import Cells

/// Turns styles into what ncurses draws with, making pairs of colours as they are first used.
struct Palette {
  /// What a style is to ncurses.
  struct Look {
    let attributes: UInt32
    let pair: Int32
  }

  private struct Pair: Hashable {
    let foreground: Int32
    let background: Int32
  }

  private let terminal: TerminalColors
  private let limit: Int
  private var pairs: [Pair: Int32] = [Pair(foreground: -1, background: -1): 0]
  private var looks: [Style: Look] = [:]
  private var last: (style: Style, look: Look)?

  /// A palette of `colors` colours; 0 shows attributes only.
  init(colors: Int, pairs limit: Int) {
    self.terminal = TerminalColors(count: colors)
    self.limit = limit
  }

  mutating func look(of style: Style) -> Look {
    if let last, last.style == style { return last.look }
    let look = looks[style] ?? make(style)
    last = (style, look)
    return look
  }

  private mutating func make(_ style: Style) -> Look {
    let names: [(Style.Attributes, Int)] = [
      (.bold, CONFAB_BOLD), (.dim, CONFAB_DIM), (.italic, CONFAB_ITALIC),
      (.underline, CONFAB_UNDERLINE), (.reverse, CONFAB_REVERSE),
      // ncurses has no struck text: dim is the nearest to it.
      (.struck, CONFAB_DIM),
    ]
    var attributes: UInt32 = 0
    for (attribute, name) in names where style.attributes.contains(attribute) {
      attributes |= confab_attribute(Int32(name))
    }
    let look = Look(
      attributes: attributes,
      pair: pair(
        Pair(
          foreground: terminal.number(of: style.foreground),
          background: terminal.number(of: style.background))))
    // Colours that vary without end, as from a hostile theme, must not fill the memory.
    if looks.count > 4096 { looks = [:] }
    looks[style] = look
    return look
  }

  private mutating func pair(_ wanted: Pair) -> Int32 {
    if let pair = pairs[wanted] { return pair }
    guard pairs.count < limit else { return 0 }
    let number = Int32(pairs.count)
    guard init_extended_pair(number, wanted.foreground, wanted.background) == OK else { return 0 }
    pairs[wanted] = number
    return number
  }
}
