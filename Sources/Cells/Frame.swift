/// All that a terminal shows: cells, cursor, modes, and what lies under the mouse.
///
/// Nothing else touches the terminal. Two equal frames look the same.
public struct Frame: Hashable, Sendable {
  /// The shape of the terminal's cursor.
  public enum CursorShape: Hashable, Sendable {
    /// What the user's terminal is set to.
    case standard
    /// A filled cell.
    case block
    /// A line under the cell.
    case underline
    /// A line left of the cell, as for inserting text.
    case bar
  }

  /// How the terminal behaves while this frame shows.
  public struct Modes: Hashable, Sendable {
    /// The window's title; empty leaves the terminal's own.
    public var title: String
    /// Whether clicks, drags and the wheel are reported instead of selecting text.
    public var mouse: Bool
    /// Whether pasted text comes as one paste instead of as keys.
    public var paste: Bool
    /// How the cursor looks, where it shows.
    public var cursorShape: CursorShape

    /// Modes; what is left out is a terminal's ordinary behaviour, but for pastes, which come whole.
    public init(
      title: String = "", mouse: Bool = false, paste: Bool = true,
      cursorShape: CursorShape = .standard
    ) {
      self.title = title
      self.mouse = mouse
      self.paste = paste
      self.cursorShape = cursorShape
    }
  }

  /// What the mouse hits in a part of the grid.
  public struct Region: Hashable, Sendable {
    /// Where it is.
    public var rectangle: Rectangle
    /// The model's name of what is there.
    public var target: String

    /// The region in `rectangle` that stands for `target`.
    public init(rectangle: Rectangle, target: String) {
      self.rectangle = rectangle
      self.target = target
    }
  }

  /// The cells.
  public var grid: Grid
  /// Where the cursor shows; nil, or a place outside the grid, hides it.
  public var cursor: Point?
  /// How the terminal behaves.
  public var modes: Modes
  /// What the mouse hits; later ones lie above earlier ones.
  public var regions: [Region]

  /// A frame that shows `grid`.
  public init(
    grid: Grid, cursor: Point? = nil, modes: Modes = Modes(), regions: [Region] = []
  ) {
    self.grid = grid
    self.cursor = cursor
    self.modes = modes
    self.regions = regions
  }

  /// A blank frame of `size`.
  public init(size: Size) {
    self.init(grid: Grid(size: size))
  }

  /// The target of the topmost region at `point`; nil when there is none.
  public func target(at point: Point) -> String? {
    regions.last { $0.rectangle.contains(point) }?.target
  }
}
