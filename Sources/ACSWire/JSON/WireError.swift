/// Why bytes or values could not be read as what the contract says.
public struct WireError: Error, Hashable, Sendable {
  /// The kinds that a caller may act on.
  public struct Code: Hashable, Sendable, RawRepresentable {
    /// The code's name.
    public var rawValue: String

    /// A code by name.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// The bytes are no JSON text.
    public static let badJSON = Code(rawValue: "badJSON")
    /// The JSON text is nested too deep.
    public static let tooDeep = Code(rawValue: "tooDeep")
    /// A member that the contract requires is absent or null.
    public static let missing = Code(rawValue: "missing")
    /// A value is of another kind than the contract says.
    public static let wrongKind = Code(rawValue: "wrongKind")
    /// A value is of the right kind and yet none that the contract allows.
    public static let badValue = Code(rawValue: "badValue")
  }

  /// What kind of failure it is.
  public var code: Code
  /// What is wrong, a whole sentence without place and path; never holds values, which may be secrets.
  public var message: String
  /// Where in the value: `value[3].createdOn`; empty for the value itself and for bytes that are no JSON.
  public var path: String
  /// Where in the text; `nil` once the text was read.
  public var position: JSONPosition?

  /// An error.
  public init(_ code: Code, _ message: String, path: String = "", position: JSONPosition? = nil) {
    self.code = code
    self.message = message
    self.path = path
    self.position = position
  }

  /// The same error, seen from the object that has what failed as member `name`.
  func inside(_ name: String) -> WireError {
    var error = self
    error.path = path.isEmpty || path.hasPrefix("[") ? name + path : "\(name).\(path)"
    return error
  }

  /// The same error, seen from the list that has what failed at `index`.
  func inside(_ index: Int) -> WireError { inside("[\(index)]") }
}

extension WireError: CustomStringConvertible {
  /// The message with its path or place: `value[3].createdOn: …`, `line 2, column 7: …`.
  public var description: String {
    if let position {
      return "line \(position.line), column \(position.column): \(message)"
    }
    return path.isEmpty ? message : "\(path): \(message)"
  }
}
