/// Why what is kept cannot be read or written.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The broad kinds that a caller may act on.
  public enum Code: Hashable, Sendable {
    /// Somebody else has it open.
    case locked
    /// The file cannot be opened, read or written.
    case unusable
    /// It is a store of something else, or its bytes are damaged; it was left as it is.
    case damaged
    /// A newer version wrote it; it was left as it is.
    case newer
    /// The database server cannot be reached, or does not answer in time; later it may.
    case unavailable
    /// The database server does not let this user in.
    case notPermitted
  }

  /// What kind of failure it is.
  public var code: Code
  /// What failed and what to do, for people; no secrets.
  public var message: String

  /// An error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
