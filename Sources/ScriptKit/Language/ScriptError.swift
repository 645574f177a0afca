/// Something that is wrong with a script, found before anything runs.
public struct ScriptError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where.
  public var place: SourcePlace
  /// What, and what to write instead if that is clear.
  public var message: String

  /// An error.
  public init(_ place: SourcePlace, _ message: String) {
    self.place = place
    self.message = message
  }

  /// The place and the message, as compilers write them, so that editors find the line.
  public var description: String { "\(place): \(message)" }
}

/// All that is wrong with some scripts.
public struct ScriptErrors: Error, Sendable, CustomStringConvertible {
  /// The errors, by file and line; never none.
  public var errors: [ScriptError]

  /// Errors; one at the least.
  public init(errors: [ScriptError]) {
    self.errors = errors
  }

  /// A line for each.
  public var description: String { errors.map(\.description).joined(separator: "\n") }
}
