public import ACSTypes

/// Sends one request and brings its answer: over the network, or in memory in tests.
public protocol HTTPExchange: Sendable {
  /// Sends `request` once; nothing is retried.
  ///
  /// Cancelling the task ends the transfer.
  ///
  /// - Returns: Any answer, whatever its status.
  /// - Throws: ``TransportError`` when no whole answer came.
  func exchange(_ request: HTTPRequest) async throws -> HTTPResponse
}

/// Why no whole answer came.
public struct TransportError: Error, Hashable, Sendable {
  /// The broad kinds that a caller may act on.
  public enum Code: Hashable, Sendable {
    /// The URL is malformed, or would carry a token in clear text to another machine.
    case badURL
    /// The host's name is not known.
    case cannotResolve
    /// Nothing answers at the host and port.
    case cannotConnect
    /// The server's certificate is not trusted.
    case certificateRefused
    /// The time allowed ran out.
    case timedOut
    /// The connection broke before the answer was whole.
    case interrupted
    /// The answer is larger than allowed.
    case tooLarge
    /// The task was cancelled.
    case cancelled
    /// A library that is needed is missing; the message names its package.
    case libraryMissing
  }

  /// What kind of failure it is.
  public var code: Code
  /// What failed and what to do, for people; no secrets.
  public var message: String
  /// The HTTP status, where an answer came that was not the one to go on with: a WebSocket refused with 401.
  public var status: Int?

  /// An error.
  public init(_ code: Code, _ message: String, status: Int? = nil) {
    self.code = code
    self.message = message
    self.status = status
  }
}
