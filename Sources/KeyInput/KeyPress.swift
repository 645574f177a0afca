/// A key as a keyboard names it.
public enum Key: Hashable, Sendable {
  /// A key that writes; with `.control` or `.alt` the letter is lower-case unless shift is held.
  case character(Character)
  /// Enter, Return, and Enter of the number pad.
  case enter
  /// Tab; with `.shift` it is back-tab.
  case tab
  /// Deletes backwards.
  case backspace
  /// Esc.
  case escape
  /// Arrow keys.
  case up, down, left, right
  /// Keys that jump.
  case home, end, pageUp, pageDown
  /// Insert.
  case insert
  /// Deletes forwards.
  case delete
  /// F1, F2, …; 1 to 35.
  case function(Int)
}

/// Keys held down with another key.
public struct Modifiers: OptionSet, Hashable, Sendable, Codable {
  /// One bit a modifier, as xterm counts them.
  public let rawValue: UInt8

  /// The modifiers whose bits are set.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Shift; not set where the character already shows it.
  public static let shift = Modifiers(rawValue: 1)
  /// Alt, or Esc typed just before.
  public static let alt = Modifiers(rawValue: 2)
  /// Ctrl.
  public static let control = Modifiers(rawValue: 4)
}

/// A key and what was held with it.
public struct KeyPress: Hashable, Sendable {
  /// The key.
  public var key: Key
  /// What was held.
  public var modifiers: Modifiers

  /// A press of `key` with `modifiers`.
  public init(_ key: Key, _ modifiers: Modifiers = []) {
    self.key = key
    self.modifiers = modifiers
  }

  /// The text that this press types; nil when it is a command (Ctrl, Alt, or not a character).
  public var typedCharacter: Character? {
    guard case .character(let character) = key,
      modifiers.isDisjoint(with: [.control, .alt])
    else { return nil }
    return character
  }
}
