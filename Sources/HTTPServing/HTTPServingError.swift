/// Why a server could not start.
public struct HTTPServingError: Error, Hashable, Sendable {
  /// The broad kinds that a caller may act on.
  public enum Code: Hashable, Sendable {
    /// The address is not one of this machine's, or not an address at all.
    case badAddress
    /// Another program listens on the port.
    case portInUse
    /// The system does not allow it: a port below 1024, too many open files.
    case notPermitted
    /// The certificate or its key cannot be used.
    case identityRefused
    /// Anything else.
    case failed
  }

  /// What kind of failure it is.
  public var code: Code
  /// What failed and what to do, for people.
  public var message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
