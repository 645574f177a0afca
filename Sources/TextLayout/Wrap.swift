/// One line of a wrapped text.
public struct Line: Hashable, Sendable {
  /// What to draw: no newline, tabs as blanks, no blanks at a line end where the text was broken.
  public let text: Substring
  /// What of the source stands on this line, with the blanks left out at its end, without newline.
  ///
  /// Together with the newlines between them, the ranges of all lines are the whole source, so that
  /// a cursor anywhere in it stands on a line.
  public let range: Range<String.Index>
  /// Columns of `text`.
  public let width: Int

  /// A line that shows `text`, which stands for `range` of its source and takes `width` columns.
  public init(text: Substring, range: Range<String.Index>, width: Int) {
    self.text = text
    self.range = range
    self.width = width
  }
}

/// Breaks `text` into lines of at most `columns` columns.
///
/// Lines break after blanks and around wide letters (CJK is written without blanks); a word longer
/// than a line is broken between grapheme clusters, never inside one. Every newline ends a line; an
/// empty text is one empty line. Tabs reach to the next multiple of four.
///
///     wrap("the quick brown fox", columns: 10)      the quick▕  brown fox▕
///
/// - Parameters:
///   - text: Any text; controls count one column, for the pictures they show as.
///   - columns: Less than 1 counts as 1. A cluster wider than a line has a line of its own.
/// - Returns: At least one line.
/// - Complexity: O(n).
public func wrap(_ text: String, columns: Int) -> [Line] {
  var wrapping = Wrapping(text: text, columns: max(1, columns))
  return wrapping.lines()
}

/// The columns between tab stops.
let tabStop = 4

/// The state of one pass over a text.
private struct Wrapping {
  /// A place where a line may end.
  private struct Break {
    /// Where the next line would begin.
    var next: String.Index
    /// Where the text of this line would end, before blanks.
    var end: String.Index
    /// Columns up to `end`.
    var width: Int
    /// Columns up to `next`.
    var consumed: Int
  }

  private let text: String
  private let columns: Int
  private var result: [Line] = []
  private var start: String.Index
  /// Columns from `start` to here.
  private var width = 0
  private var chance: Break?
  private var hasTab = false
  private var afterWide = false

  init(text: String, columns: Int) {
    self.text = text
    self.columns = columns
    self.start = text.startIndex
  }

  mutating func lines() -> [Line] {
    var index = text.startIndex
    while index < text.endIndex {
      let cluster = Cluster(text, at: index)
      switch cluster.kind {
      case .newline:
        finish(at: index, next: cluster.end)
      case .blank(let blankWidth):
        let columns = blankWidth ?? tabStop - width % tabStop
        blank(from: index, to: cluster.end, columns: columns, isTab: blankWidth == nil)
      case .letter(let columns, let isBreakable):
        letter(at: index, columns: columns, isBreakable: isBreakable)
      }
      index = cluster.end
    }
    finish(at: text.endIndex, next: text.endIndex)
    return result
  }

  private mutating func blank(
    from index: String.Index, to end: String.Index, columns: Int, isTab: Bool
  ) {
    // Blanks after blanks hang on the same end; those that begin a line stay to indent it.
    let hangs = chance.map { $0.next == index && $0.end < index } ?? false
    let textEnd = hangs ? chance?.end ?? index : index
    let textWidth = hangs ? chance?.width ?? width : width
    hasTab = hasTab || isTab
    width += columns
    chance = Break(next: end, end: textEnd, width: textWidth, consumed: width)
    afterWide = false
  }

  private mutating func letter(at index: String.Index, columns: Int, isBreakable: Bool) {
    if (isBreakable || afterWide) && index > start && chance?.next != index && !isBound(index) {
      chance = Break(next: index, end: index, width: width, consumed: width)
    }
    if width + columns > self.columns && index > start {
      if let chance, chance.next > start, chance.width > 0 || chance.next == index {
        breakLine(end: chance.end, next: chance.next, width: chance.width)
        width -= chance.consumed
      }
      if width + columns > self.columns && index > start {
        breakLine(end: index, next: index, width: width)
        width = 0
      }
    }
    width += columns
    afterWide = isBreakable
  }

  /// Whether the cluster at `index` must not begin a line: closing marks of CJK.
  private func isBound(_ index: String.Index) -> Bool {
    switch text.unicodeScalars[index].value {
    case 0x3001, 0x3002, 0x300D, 0x300F, 0x3011, 0x3015, 0xFF01, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A,
      0xFF1B, 0xFF1F, 0x30FC, 0x2019, 0x201D, 0x21, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F:
      true
    default: false
    }
  }

  private mutating func breakLine(end: String.Index, next: String.Index, width: Int) {
    append(start..<end, range: start..<next, width: width)
    start = next
    chance = nil
  }

  private mutating func finish(at end: String.Index, next: String.Index) {
    if let chance, chance.next == end, width > columns {
      // Only the blanks at the end do not fit.
      append(start..<chance.end, range: start..<end, width: chance.width)
    } else {
      append(start..<end, range: start..<end, width: width)
    }
    start = next
    width = 0
    chance = nil
    afterWide = false
    hasTab = false
  }

  private mutating func append(
    _ shown: Range<String.Index>, range: Range<String.Index>, width: Int
  ) {
    let source = text[shown]
    guard hasTab, source.utf8.contains(0x09) else {
      result.append(Line(text: source, range: range, width: width))
      return
    }
    var expanded = ""
    var column = 0
    for character in source {
      if character == "\t" {
        let blanks = tabStop - column % tabStop
        expanded += String(repeating: " ", count: blanks)
        column += blanks
      } else {
        expanded.append(character)
        column += Columns.width(of: character)
      }
    }
    result.append(Line(text: expanded[...], range: range, width: width))
  }
}

/// One grapheme cluster of a text and what it means for breaking lines.
private struct Cluster {
  enum Kind {
    case newline
    /// A blank of so many columns; nil is a tab.
    case blank(Int?)
    /// Anything else; breakable letters may begin and end a line inside a run of them.
    case letter(columns: Int, isBreakable: Bool)
  }

  let kind: Kind
  let end: String.Index

  init(_ text: String, at index: String.Index) {
    let utf8 = text.utf8
    let byte = utf8[index]
    let next = utf8.index(after: index)
    // An ASCII byte before another one, or at the end, is a cluster: only CR LF joins.
    if byte < 0x80, byte != 0x0D, next == utf8.endIndex || utf8[next] < 0x80 {
      end = next
      switch byte {
      case 0x0A...0x0C: kind = .newline
      case 0x20: kind = .blank(1)
      case 0x09: kind = .blank(nil)
      default: kind = .letter(columns: 1, isBreakable: false)
      }
      return
    }
    end = text.index(after: index)
    let character = text[index]
    switch character {
    case "\t": kind = .blank(nil)
    case " ", "\u{2002}", "\u{2003}", "\u{2009}": kind = .blank(1)
    case "\u{3000}": kind = .blank(2)
    case _ where character.isNewline: kind = .newline
    default:
      let columns = Columns.width(of: character)
      kind = .letter(columns: columns, isBreakable: columns == 2 && byte >= 0xE1)
    }
  }
}
