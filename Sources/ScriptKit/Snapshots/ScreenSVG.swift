public import Cells

/// A screen as a picture that browsers and code reviews show.
public enum ScreenSVG {
  private static let cellWidth = 9
  private static let cellHeight = 19
  private static let standardForeground = "#d8dee9"
  private static let standardBackground = "#14171c"

  /// The picture of a frame, as the text of an SVG file; `masks` are the parts that are left out.
  public static func picture(of frame: Frame, masks: [Rectangle] = []) -> String {
    let size = frame.grid.size
    let (width, height) = (size.columns * cellWidth, size.rows * cellHeight)
    var lines = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
      font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, monospace" font-size="15">
      """,
      "<rect width=\"100%\" height=\"100%\" fill=\"\(standardBackground)\"/>",
    ]
    for (number, row) in frame.grid.rows.enumerated() { lines += runs(row, number) }
    for mask in masks {
      lines.append(box(mask, "fill=\"#3b4252\""))
    }
    if let cursor = frame.cursor {
      let cell = Rectangle(origin: cursor, size: Size(columns: 1, rows: 1))
      lines.append(box(cell, "fill=\"none\" stroke=\"\(standardForeground)\""))
    }
    return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  /// The cells of one style after another: what lies behind them, then the text.
  private static func runs(_ row: [Cell], _ number: Int) -> [String] {
    var lines: [String] = []
    var start = 0
    while start < row.count {
      var end = start
      while end + 1 < row.count, row[end + 1].style == row[start].style { end += 1 }
      let look = Look(row[start].style)
      if let background = look.background {
        let part = Rectangle(column: start, row: number, columns: end + 1 - start, rows: 1)
        lines.append(box(part, "fill=\"\(background)\""))
      }
      lines += words(row, start...end).map { column, text, width in
        """
        <text x="\(column * cellWidth)" y="\(number * cellHeight + 14)" textLength="\(width * cellWidth)" \
        lengthAdjust="spacingAndGlyphs"\(look.attributes)>\(escaped(text))</text>
        """
      }
      start = end + 1
    }
    return lines
  }

  /// The stretches without two blanks in a row, each with its column and its width in cells.
  private static func words(
    _ row: [Cell], _ columns: ClosedRange<Int>
  ) -> [(column: Int, text: String, width: Int)] {
    var words: [(column: Int, text: String, width: Int)] = []
    var blanks = 2
    for column in columns where !row[column].isContinuation {
      let cell = row[column]
      if cell.character == " " {
        blanks += 1
        continue
      }
      if blanks > 1 || words.isEmpty {
        words.append((column, "", 0))
      } else if blanks == 1 {
        words[words.count - 1].text += " "
        words[words.count - 1].width += 1
      }
      words[words.count - 1].text.append(cell.character)
      words[words.count - 1].width += cell.width
      blanks = 0
    }
    return words
  }

  private static func box(_ part: Rectangle, _ look: String) -> String {
    """
    <rect x="\(part.origin.column * cellWidth)" y="\(part.origin.row * cellHeight)" \
    width="\(part.size.columns * cellWidth)" height="\(part.size.rows * cellHeight)" \(look)/>
    """
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// How a style looks in a picture.
  private struct Look {
    /// The colour behind the text; `nil` for the screen's own.
    let background: String?
    let attributes: String

    init(_ style: Style) {
      var front = Look.color(style.foreground)
      var back = Look.color(style.background)
      if style.attributes.contains(.reverse) {
        (front, back) = (back ?? standardBackground, front ?? standardForeground)
      }
      background = back
      var text = " fill=\"\(front ?? standardForeground)\""
      if style.attributes.contains(.bold) { text += " font-weight=\"bold\"" }
      if style.attributes.contains(.dim) { text += " opacity=\"0.6\"" }
      if style.attributes.contains(.italic) { text += " font-style=\"italic\"" }
      let lines =
        (style.attributes.contains(.underline) ? ["underline"] : [])
        + (style.attributes.contains(.struck) ? ["line-through"] : [])
      if !lines.isEmpty { text += " text-decoration=\"\(lines.joined(separator: " "))\"" }
      attributes = text
    }

    private static let named = [
      "#2e3440", "#bf616a", "#a3be8c", "#ebcb8b", "#81a1c1", "#b48ead", "#88c0d0", "#e5e9f0",
      "#4c566a", "#d06f79", "#b1d196", "#f0d399", "#8cafd2", "#c895bf", "#93ccdc", "#eceff4",
    ]

    /// A colour as the picture has it; `nil` for the terminal's own.
    private static func color(_ color: Color) -> String? {
      switch color {
      case .standard: nil
      case .rgb: color.description
      case .indexed(let index) where index < 16: named[Int(index)]
      case .indexed(let index) where index < 232:
        Color.rgb(level((index - 16) / 36), level((index - 16) / 6 % 6), level((index - 16) % 6))
          .description
      case .indexed(let index): Color.rgb(grey(index), grey(index), grey(index)).description
      }
    }

    private static func level(_ step: UInt8) -> UInt8 { step == 0 ? 0 : 55 + step * 40 }

    private static func grey(_ index: UInt8) -> UInt8 { 8 + (index - 232) * 10 }
  }
}
