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

  /// Cuts the text by cell width; the last column stays free for the cursor.
  public init(_ composer: Composer, columns: Int) {
    let limit = max(1, columns - 1)
    var start = 0
    var width = 0
    for (index, character) in composer.characters.enumerated() {
      if index == composer.cursor {
        cursorRow = rows.count
        cursorColumn = width
      }
      if character == "\n" {
        rows.append(Row(start: start, end: index))
        start = index + 1
        width = 0
        continue
      }
      let columns = Columns.width(of: character)
      if width + columns > limit, width > 0 {
        rows.append(Row(start: start, end: index))
        start = index
        width = 0
        if index == composer.cursor {
          cursorRow = rows.count
          cursorColumn = 0
        }
      }
      width += columns
    }
    if composer.cursor == composer.characters.count {
      cursorRow = rows.count
      cursorColumn = width
    }
    rows.append(Row(start: start, end: composer.characters.count))
  }

  /// The cluster of `row` that lies nearest to `column`.
  func position(row: Int, column: Int, in composer: Composer) -> Int {
    var width = 0
    for index in rows[row].start..<rows[row].end {
      let columns = Columns.width(of: composer.characters[index])
      if width + columns > column { return index }
      width += columns
    }
    return rows[row].end
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
