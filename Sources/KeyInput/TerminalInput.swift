/// What a terminal reports.
public enum TerminalInput: Hashable, Sendable {
  /// A key was pressed.
  case key(KeyPress)
  /// Text was pasted: no controls but tab and newline, at most `InputDecoder.pasteLimit` bytes.
  case paste(String)
  /// The mouse did something.
  case mouse(MouseInput)
  /// The terminal got or lost the keyboard.
  case focus(Bool)
}

/// What the mouse did, and where.
public struct MouseInput: Hashable, Sendable, Codable {
  /// What happened.
  public enum Kind: Hashable, Sendable, Codable {
    /// A button went down.
    case press
    /// A button came up.
    case release
    /// The mouse moved to another cell while a button was down.
    case drag
    /// The wheel turned away from the user.
    case scrollUp
    /// The wheel turned towards the user.
    case scrollDown
  }

  /// The buttons that terminals tell apart.
  public enum Button: Hashable, Sendable, Codable {
    /// The first button.
    case left
    /// The wheel as a button.
    case middle
    /// The button for menus.
    case right
    /// None, or one that the terminal does not name, as the wheel's turning.
    case other
  }

  /// What happened.
  public var kind: Kind
  /// The button concerned.
  public var button: Button
  /// Columns from the left edge, from 0.
  public var column: Int
  /// Rows from the top edge, from 0.
  public var row: Int
  /// Keys held meanwhile.
  public var modifiers: Modifiers

  /// One report of the mouse.
  public init(
    kind: Kind, button: Button = .left, column: Int, row: Int, modifiers: Modifiers = []
  ) {
    self.kind = kind
    self.button = button
    self.column = column
    self.row = row
    self.modifiers = modifiers
  }
}
