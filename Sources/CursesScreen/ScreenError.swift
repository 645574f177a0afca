/// Why there is no screen.
public struct ScreenError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of trouble it is.
  public enum Code: Hashable, Sendable {
    /// Standard input or output is a file or a pipe.
    case noTerminal
    /// TERM names a terminal that is not known here, or one that cannot move its cursor.
    case unsuitableTerminal
    /// The system refused what waiting needs.
    case system
  }

  /// What kind of trouble it is.
  public let code: Code
  /// What failed and what to do, for standard error.
  public let message: String

  /// The message.
  public var description: String { message }
}
