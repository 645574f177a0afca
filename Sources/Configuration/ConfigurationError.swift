/// What is wrong in a file that a person wrote, and where.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file as it was named.
  public var file: String
  /// The place; `nil` when the whole file is meant.
  public var position: SourcePosition?
  /// What is wrong and what was expected.
  public var message: String

  /// An error.
  public init(file: String, position: SourcePosition?, message: String) {
    self.file = file
    self.position = position
    self.message = message
  }

  /// `config.json5:7:12: …`, the form that editors jump to.
  public var description: String {
    guard let position else { return "\(file): \(message)" }
    return "\(file):\(position.line):\(position.column): \(message)"
  }
}

/// A place in a text, counted from 1; columns count characters.
public struct SourcePosition: Hashable, Sendable {
  /// The line.
  public var line: Int
  /// The column.
  public var column: Int

  /// A place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
