/// A stretch of a message's text that is shown in one style.
public struct StyledRun: Hashable, Sendable {
  /// How a stretch is shown.
  public struct Style: OptionSet, Hashable, Sendable {
    /// The bits.
    public var rawValue: UInt8

    /// Styles by bits.
    public init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// Bold.
    public static let strong = Style(rawValue: 1)
    /// Italic.
    public static let emphasis = Style(rawValue: 2)
    /// Fixed-width.
    public static let code = Style(rawValue: 4)
    /// Struck out.
    public static let struck = Style(rawValue: 8)
  }

  /// The text; may hold line feeds.
  public var text: String
  /// Its style.
  public var style: Style

  /// A run.
  public init(_ text: String, _ style: Style = []) {
    self.text = text
    self.style = style
  }
}
