public import Cells

/// A theme as its file says: a style for each role that it names.
public struct ThemeFile: Sendable {
  /// The styles, by the names of their roles.
  public var styles: [String: Style]

  private static let colors = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "brightBlack",
    "brightRed", "brightGreen", "brightYellow", "brightBlue", "brightMagenta", "brightCyan",
    "brightWhite",
  ]

  private static let attributes: [(String, Style.Attributes)] = [
    ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline),
    ("reverse", .reverse), ("struck", .struck),
  ]

  /// Reads the text of a theme file; `roles` are the names that it may style.
  ///
  /// - Throws: `ConfigurationError` for the first thing that is wrong.
  public init(text: String, file: String, roles: [String]) throws(ConfigurationError) {
    try self.init(ConfigurationDocument(text: text, file: file), roles: roles)
  }

  private init(_ document: ConfigurationDocument, roles: [String]) throws(ConfigurationError) {
    try document.expectKeys("", roles)
    styles = [:]
    for role in roles where document.value(role) != nil {
      try document.expectKeys(role, ["foreground", "background", "attributes"])
      var style = Style()
      if let color = try Self.color("\(role).foreground", document) { style.foreground = color }
      if let color = try Self.color("\(role).background", document) { style.background = color }
      for (index, word) in (try document.texts("\(role).attributes") ?? []).enumerated() {
        guard let attribute = Self.attributes.first(where: { $0.0 == word })?.1 else {
          let known = Self.attributes.map(\.0).joined(separator: ", ")
          throw document.error(
            "\(role).attributes[\(index)]", "\"\(word)\" is no attribute; known are \(known)")
        }
        style.attributes.insert(attribute)
      }
      styles[role] = style
    }
  }

  private static func color(_ path: String, _ document: ConfigurationDocument)
    throws(ConfigurationError) -> Color?
  {
    switch document.value(path) {
    case nil: return nil
    case .number(let number):
      guard let index = UInt8(exactly: number) else {
        throw document.error(path, "\(path) must be a colour's number from 0 to 255")
      }
      return .indexed(index)
    case .string(let text):
      if text == "default" { return .standard }
      if let index = colors.firstIndex(of: text) { return .indexed(UInt8(index)) }
      if text.hasPrefix("#"), text.utf8.count == 7, let number = UInt32(text.dropFirst(), radix: 16)
      {
        return .rgb(UInt8(number >> 16), UInt8(number >> 8 & 255), UInt8(number & 255))
      }
      throw document.error(
        path,
        "\"\(text)\" is no colour: \"default\", a name such as \"cyan\", \"#rrggbb\" or 0 to 255")
    case let value?:
      throw document.wrong(path, "a colour", value)
    }
  }
}
