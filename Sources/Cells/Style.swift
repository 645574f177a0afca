/// A colour as a theme names it; the screen maps it to what the terminal has.
public enum Color: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  /// An entry of the 256-colour palette; 0–15 follow the user's terminal theme.
  case indexed(UInt8)
  /// 24-bit colour: red, green, blue.
  case rgb(UInt8, UInt8, UInt8)
}

/// How a cell looks.
public struct Style: Hashable, Sendable {
  /// Ways of drawing that a terminal can combine.
  public struct Attributes: OptionSet, Hashable, Sendable {
    /// One bit an attribute, in the order of the names below.
    public let rawValue: UInt8

    /// The attributes whose bits are set.
    public init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// Bold or brighter.
    public static let bold = Attributes(rawValue: 1)
    /// Fainter than the text around.
    public static let dim = Attributes(rawValue: 2)
    /// Slanted, where the terminal can.
    public static let italic = Attributes(rawValue: 4)
    /// Underlined; visible on blanks too.
    public static let underline = Attributes(rawValue: 8)
    /// Foreground and background exchanged; visible on blanks too.
    public static let reverse = Attributes(rawValue: 16)
    /// Crossed out, where the terminal can.
    public static let struck = Attributes(rawValue: 32)
  }

  /// Colour of the text.
  public var foreground: Color
  /// Colour behind the text.
  public var background: Color
  /// Bold, underline and the like.
  public var attributes: Attributes

  /// A style; what is left out is the terminal's own.
  public init(
    foreground: Color = .standard, background: Color = .standard, attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// The terminal's own colours, no attributes.
  public static let plain = Style()

  /// This style with `attributes` added.
  public func with(_ attributes: Attributes) -> Style {
    Style(
      foreground: foreground, background: background,
      attributes: self.attributes.union(attributes))
  }
}

extension Color: CustomStringConvertible {
  /// `standard`, `4`, `#0a64ff`: the notation of themes and golden legends.
  public var description: String {
    switch self {
    case .standard: "standard"
    case .indexed(let index): String(index)
    case .rgb(let red, let green, let blue): "#" + [red, green, blue].map(twoDigits).joined()
    }
  }

  private func twoDigits(_ value: UInt8) -> String {
    (value < 16 ? "0" : "") + String(value, radix: 16)
  }
}

extension Style: CustomStringConvertible {
  /// Words such as `bold underline 4 on #202020`; `plain` when there is nothing to say.
  public var description: String {
    var words: [String] = []
    let names: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"),
      (.reverse, "reverse"), (.struck, "struck"),
    ]
    for (attribute, name) in names where attributes.contains(attribute) {
      words.append(name)
    }
    if foreground != .standard { words.append(foreground.description) }
    if background != .standard { words.append("on \(background)") }
    return words.isEmpty ? "plain" : words.joined(separator: " ")
  }
}
