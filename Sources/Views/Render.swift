public import Cells
public import ClientModel
public import Phrases

/// A frame with what is needed to reuse it for the next one.
public struct RenderedFrame: Hashable, Sendable {
  /// What to show.
  public let frame: Frame
  fileprivate let revision: Int
  fileprivate let layout: ScreenLayout
  fileprivate let viewport: Viewport
}

/// Draws the state.
///
/// Pure: the same state gives the same frame, with or without `previous`.
///
/// While somebody types, all but the composer is taken over from `previous`.
public func render(
  _ state: ClientState, theme: Theme, phrases: Phrases, reusing previous: RenderedFrame? = nil
) -> RenderedFrame {
  let layout = ScreenLayout(state)
  let isReusable =
    previous?.revision == state.revision && previous?.layout == layout
    && previous?.viewport == state.viewport && state.interface.pane == nil
  let frame =
    if let previous, isReusable {
      retyped(previous.frame, state, layout, theme, phrases)
    } else {
      drawn(state, layout, theme, phrases)
    }
  return RenderedFrame(
    frame: frame, revision: state.revision, layout: layout, viewport: state.viewport)
}

private func retyped(
  _ frame: Frame, _ state: ClientState, _ layout: ScreenLayout, _ theme: Theme,
  _ phrases: Phrases
) -> Frame {
  guard let area = layout.composer else { return frame }
  var canvas = Canvas(grid: frame.grid, theme: theme)
  canvas.fill(area, .composer)
  composer(state, area, phrases, &canvas)
  return Frame(
    grid: canvas.grid, cursor: visible(canvas.cursor, canvas.grid.size), modes: frame.modes,
    regions: frame.regions)
}

private func drawn(
  _ state: ClientState, _ layout: ScreenLayout, _ theme: Theme, _ phrases: Phrases
) -> Frame {
  let size = Size(columns: state.viewport.columns, rows: state.viewport.rows)
  var canvas = Canvas(grid: Grid(size: size, filledWith: .blank(theme[.text])), theme: theme)
  header(state, layout.header, phrases, &canvas)
  banner(state, layout.banner, phrases, &canvas)
  if let area = layout.threads { threadList(state, area, phrases, &canvas) }
  if let area = layout.divider {
    for row in 0..<area.rows { canvas.line("│", row: row, in: area, .border) }
  }
  if let area = layout.title { threadTitle(state, area, phrases, &canvas) }
  if let area = layout.messages { messageList(state, area, phrases, &canvas) }
  if let area = layout.rule {
    canvas.rule(area)
    if let divider = layout.divider {
      canvas.line("┴", column: divider.column, in: area, .border)
    }
    if layout.messages != nil, let text = typingText(state, phrases) {
      let start = (layout.divider?.column ?? -1) + 3
      canvas.line(" \(text) ", column: start, in: area, .accent)
    }
  }
  if let area = layout.composer { composer(state, area, phrases, &canvas) }
  if let area = layout.hints { hints(state, area, phrases, &canvas) }
  pane(state, phrases, &canvas)
  return Frame(
    grid: canvas.grid, cursor: visible(canvas.cursor, size), modes: modes(state),
    regions: canvas.regions)
}

/// The cursor, unless it lies outside the screen.
private func visible(_ cursor: Point?, _ size: Size) -> Point? {
  cursor.flatMap { Rectangle(size).contains($0) ? $0 : nil }
}

private func modes(_ state: ClientState) -> Frame.Modes {
  let unread = state.threads.unreadCount
  let name = state.settings.displayName
  let title = name.isEmpty ? "Confab" : "Confab: \(name)"
  return Frame.Modes(
    title: unread > 0 ? "(\(unread)) \(title)" : title, mouse: true, paste: true,
    cursorShape: .standard)
}
