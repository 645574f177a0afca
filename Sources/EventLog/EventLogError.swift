/// Why a log cannot be read: what is wrong, and where.
public struct EventLogError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The broad kinds that a caller may act on.
  public struct Code: Hashable, Sendable, RawRepresentable {
    /// The code's name.
    public var rawValue: String

    /// A code by name.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// The file holds something else.
    public static let notALog = Code(rawValue: "notALog")
    /// The log has a form that this version does not read.
    public static let otherForm = Code(rawValue: "otherForm")
    /// A line is not what it should be.
    public static let damaged = Code(rawValue: "damaged")
  }

  /// What kind of failure it is.
  public var code: Code
  /// What is wrong and what to do, for people.
  public var message: String
  /// The line, from 1.
  public var line: Int
  /// The character within the line, from 1.
  public var column: Int

  /// An error.
  public init(_ code: Code, _ message: String, line: Int, column: Int) {
    self.code = code
    self.message = message
    self.line = line
    self.column = column
  }

  /// `3:17: what is wrong`.
  public var description: String { "\(line):\(column): \(message)" }
}
