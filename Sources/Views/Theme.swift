public import Cells

/// What a piece of the screen is for; a theme gives each a style.
public enum Role: String, Hashable, Sendable, CaseIterable {
  /// What people wrote.
  case text
  /// What matters less.
  case dim
  /// What stands out.
  case accent
  /// The top line.
  case header
  /// A name or a number in the top line.
  case headerKey
  /// Lines between parts.
  case border
  /// The selection bar.
  case selected
  /// One's own name.
  case ownName
  /// Others' names.
  case otherName
  /// What the service tells.
  case systemText
  /// Times of day.
  case time
  /// Threads with something new.
  case unread
  /// Something failed.
  case error
  /// Something needs attention.
  case warning
  /// Something went well.
  case success
  /// The text being written.
  case composer
  /// The mark before it.
  case composerPrompt
  /// Addresses and ids.
  case link
  /// The line that tells of trouble.
  case banner
  /// The line that tells of a call.
  case callActive
  /// Keys in hints and help.
  case keyHint
}

extension Role {
  /// The place among all roles; a short walk, where a dictionary would cost the first frame more than all look-ups.
  fileprivate var place: Int { Role.allCases.firstIndex(of: self) ?? 0 }
}

/// A style for each role.
public struct Theme: Hashable, Sendable {
  private var styles: [Style]

  /// The built-in theme, changed by `styles`; unknown names are ignored, the config's reader has named them.
  public init(_ styles: [String: Style] = [:]) {
    self.styles = Role.allCases.map { styles[$0.rawValue] ?? Theme.standard($0) }
  }

  /// The style of a role.
  public subscript(role: Role) -> Style {
    styles[role.place]
  }

  /// The built-in style: readable on dark and on light backgrounds, which stay the terminal's own.
  private static func standard(_ role: Role) -> Style {
    switch role {
    case .text, .composer: .plain
    case .dim, .systemText, .time, .border: Style(foreground: .indexed(8))
    case .accent, .headerKey, .composerPrompt, .keyHint:
      Style(foreground: .indexed(6), attributes: .bold)
    case .header: Style(attributes: .bold)
    case .selected: Style(attributes: .reverse)
    case .ownName: Style(foreground: .indexed(2), attributes: .bold)
    case .otherName: Style(foreground: .indexed(4), attributes: .bold)
    case .unread: Style(foreground: .indexed(3), attributes: .bold)
    case .error: Style(foreground: .indexed(1), attributes: .bold)
    case .warning: Style(foreground: .indexed(3))
    case .success: Style(foreground: .indexed(2))
    case .link: Style(foreground: .indexed(6))
    case .banner: Style(foreground: .indexed(0), background: .indexed(3))
    case .callActive: Style(foreground: .indexed(0), background: .indexed(2))
    }
  }
}
