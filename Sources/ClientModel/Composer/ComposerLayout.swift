import ACSTypes
import TextLayout

/// The composer's text cut into rows, with the place of the cursor.
public struct ComposerLayout: Hashable, Sendable {
  /// One row: clusters from `start` up to, not including, `end`.
  public struct Row: Hashable, Sendable {
    /// The first cluster.
    public var start: Int
    /// The end; a line feed there belongs to no row.
    public var end: Int
  }

  /// The rows; at least one.
  public private(set) var rows: [Row] = []
  /// The row of the cursor.
  public private(set) var cursorRow = 0
  /// The column of the cursor.
  public private(set) var cursorColumn = 0

  /// Cuts the text between words and around wide letters, a word longer than a row anywhere; the last column stays free for
  /// the cursor, or for the blank before a cut.
  ///
  /// - Complexity: O(n).
  public init(_ composer: Composer, columns: Int) {
    let limit = max(1, columns - 1)
    var row = Row(start: 0, end: 0)
    var width = 0
    /// Where the row may be cut, and how wide it is up to there.
    var chance: (index: Int, width: Int)?
    var isAfterWide = false
    func finish(at end: Int, next: Int) {
      row.end = end
      rows.append(row)
      row.start = next
      chance = nil
    }
    for (index, character) in composer.characters.enumerated() {
      if character == "\n" {
        finish(at: index, next: index + 1)
        width = 0
        isAfterWide = false
        continue
      }
      let columns = Columns.width(of: character)
      let isWide = columns == 2
      if isWide || isAfterWide, index > row.start { chance = (index, width) }
      isAfterWide = isWide
      width += columns
      if character == " ", width <= limit + 1 {
        chance = (index + 1, width)
        continue
      }
      guard width > limit, index > row.start else { continue }
      let cut = chance ?? (index, width - columns)
      finish(at: cut.index, next: cut.index)
      width -= cut.width
    }
    finish(at: composer.characters.count, next: composer.characters.count)
    cursorRow = rows.lastIndex { $0.start <= composer.cursor } ?? 0
    for character in composer.characters[rows[cursorRow].start..<composer.cursor] {
      cursorColumn += Columns.width(of: character)
    }
    // On the blank itself, where one took the last column.
    cursorColumn = min(cursorColumn, limit)
  }

  /// The cluster of `row` that lies nearest to `column`.
  func position(row: Int, column: Int, in composer: Composer) -> Int {
    var width = 0
    for index in rows[row].start..<rows[row].end {
      let columns = Columns.width(of: composer.characters[index])
      if width + columns > column { return index }
      width += columns
    }
    // Where a row was cut its end is the next one's beginning.
    let isCut = row + 1 < rows.count && rows[row + 1].start == rows[row].end
    return isCut ? max(rows[row].start, rows[row].end - 1) : rows[row].end
  }
}

extension ClientState {
  private var composerLayout: ComposerLayout {
    ComposerLayout(composer, columns: viewport.columns - ScreenLayout.promptColumns)
  }

  /// A row up; from an empty composer the newest own message is edited.
  mutating func composerUp(_ turn: inout Turn) {
    let layout = composerLayout
    if layout.cursorRow > 0 {
      composer.move(
        to: layout.position(
          row: layout.cursorRow - 1, column: layout.cursorColumn, in: composer))
    } else if composer.isEmpty, let id = threads.open,
      let own = conversations[id]?.messages.last(where: { isOwnText($0) })
    {
      beginEdit(own.id)
    } else {
      composer.move(to: 0)
    }
  }

  mutating func composerDown() {
    let layout = composerLayout
    guard layout.cursorRow + 1 < layout.rows.count else {
      composer.move(to: composer.characters.count)
      return
    }
    composer.move(
      to: layout.position(row: layout.cursorRow + 1, column: layout.cursorColumn, in: composer))
  }
}
