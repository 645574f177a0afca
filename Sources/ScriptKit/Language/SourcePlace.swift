/// A place in a script, as a report names it and an editor finds it.
public struct SourcePlace: Hashable, Sendable, CustomStringConvertible {
  /// The file, as it was named.
  public var file: String
  /// From 1 on.
  public var line: Int
  /// In characters, from 1 on; 0 for the whole line.
  public var column: Int

  /// A place.
  public init(file: String, line: Int, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `stale-token.confab:14:3`.
  public var description: String {
    column > 0 ? "\(file):\(line):\(column)" : "\(file):\(line)"
  }
}
