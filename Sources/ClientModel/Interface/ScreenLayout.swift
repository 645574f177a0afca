/// A rectangle of the screen, in character cells from the upper left corner.
public struct Area: Hashable, Sendable {
  /// The left edge.
  public var column: Int
  /// The upper edge.
  public var row: Int
  /// Cells in a row; 0 or more.
  public var columns: Int
  /// Rows; 0 or more.
  public var rows: Int

  /// A rectangle; negative sizes become 0.
  public init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }
}

/// Where the parts of the main screen lie for a size and a state.
///
/// ```
/// header
/// banner          only with trouble or a call
/// threads │ title
///         │ messages
/// ────────┴───────
/// composer
/// hints
/// ```
/// Below 60 columns the threads or the messages have the whole width, whichever has the focus; below 10 rows
/// the rule and the hints go, then the title.
public struct ScreenLayout: Hashable, Sendable {
  /// The top line.
  public let header: Area
  /// Lines about trouble or a call; may be empty.
  public let banner: Area
  /// The thread list; `nil` when it is hidden.
  public let threads: Area?
  /// The column between the list and the messages; `nil` without a list beside.
  public let divider: Area?
  /// The open thread's topic and people; `nil` when the messages are hidden or there is no room.
  public let title: Area?
  /// The messages; `nil` when they are hidden.
  public let messages: Area?
  /// The line above the composer; `nil` when there is no room.
  public let rule: Area?
  /// The text being written; `nil` when there is no room.
  public let composer: Area?
  /// The bottom line; `nil` when there is no room.
  public let hints: Area?

  /// Columns before the text of the composer: `> `.
  public static let promptColumns = 2

  /// The layout for a state.
  public init(_ state: ClientState) {
    let columns = state.viewport.columns
    let rows = state.viewport.rows
    let isNarrow = columns < 60
    let isLow = rows < 10
    let hasThread = state.threads.open != nil
    header = Area(column: 0, row: 0, columns: columns, rows: min(1, rows))
    banner = Area(
      column: 0, row: 1, columns: columns, rows: min(state.bannerCount, max(0, rows - 4)))
    let composerRows =
      hasThread
      ? min(state.composerRowCount(columns: columns), max(1, isLow ? 1 : rows / 3)) : 0
    let hintRows = isLow ? 0 : 1
    let ruleRows = isLow ? 0 : 1
    let top = 1 + banner.rows
    let bodyRows = max(0, rows - top - composerRows - hintRows - ruleRows)
    let bottom = top + bodyRows
    let listColumns = isNarrow ? columns : min(32, max(20, columns / 4))
    let showsList = !isNarrow || state.interface.focus == .threads || !hasThread
    let showsMessages = !isNarrow || !showsList
    threads =
      showsList ? Area(column: 0, row: top, columns: listColumns, rows: bodyRows) : nil
    divider =
      showsList && showsMessages
      ? Area(column: listColumns, row: top, columns: 1, rows: bodyRows) : nil
    let left = divider == nil ? 0 : listColumns + 1
    let titleRows = hasThread && bodyRows > 3 ? 1 : 0
    title =
      showsMessages && titleRows > 0
      ? Area(column: left, row: top, columns: columns - left, rows: titleRows) : nil
    messages =
      showsMessages
      ? Area(
        column: left, row: top + titleRows, columns: columns - left, rows: bodyRows - titleRows)
      : nil
    rule =
      ruleRows > 0 && bottom < rows
      ? Area(column: 0, row: bottom, columns: columns, rows: 1) : nil
    composer =
      composerRows > 0
      ? Area(column: 0, row: bottom + ruleRows, columns: columns, rows: composerRows) : nil
    hints = hintRows > 0 ? Area(column: 0, row: rows - 1, columns: columns, rows: 1) : nil
  }
}

extension ClientState {
  /// Rows of the banner: one for trouble, one for a call.
  var bannerCount: Int {
    let hasProblem =
      session.prompt != nil || session.problem != nil || connection.problem != nil
      || connection.eventsCause != nil
    let hasCall = calls.current != nil || !calls.ringing.isEmpty
    return (hasProblem ? 1 : 0) + (hasCall ? 1 : 0)
  }

  func composerRowCount(columns: Int) -> Int {
    if readOnlyReason != nil { return 1 }
    return ComposerLayout(composer, columns: columns - ScreenLayout.promptColumns).rows.count
  }
}
