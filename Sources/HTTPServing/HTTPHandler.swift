public import ACSTypes
public import Services

/// Answers the requests of a server.
public protocol HTTPHandler: Sendable {
  /// Says what becomes of `request`, on a thread of the server's: it must not block.
  func respond(to request: HTTPRequest) -> HTTPHandling

  /// Says what becomes of `request`, as ``respond(to:)`` does, for a handler to which it matters who asks.
  ///
  /// `peer` is the numeric address at the other end of the connection; empty when it cannot be told.
  func respond(to request: HTTPRequest, from peer: String) -> HTTPHandling
}

extension HTTPHandler {
  /// The same for everybody.
  public func respond(to request: HTTPRequest, from peer: String) -> HTTPHandling {
    respond(to: request)
  }
}

/// How a request is answered.
public enum HTTPHandling: Sendable {
  /// At once, without a task; the server's other requests wait meanwhile.
  case now(HTTPServerReply)
  /// By a task on the server's executor.
  case later(@Sendable () async -> HTTPServerReply)
  /// By whoever gets the closure, which takes the answer once and on any thread; no task is needed for it.
  case owed(@Sendable (_ answer: @escaping @Sendable (HTTPServerReply) -> Void) -> Void)

  /// An answer at once.
  public static func response(_ response: HTTPResponse) -> HTTPHandling {
    .now(.response(response))
  }
}

/// The answer to a request.
public enum HTTPServerReply: Sendable {
  /// An answer with a body.
  case response(HTTPResponse)
  /// The upgrade to a WebSocket, which the closure then owns: when it returns, the socket is closed.
  ///
  /// A request that does not ask for a WebSocket gets 426 instead, and the closure never runs.
  case webSocket(@Sendable (any MessageSocket) async -> Void)
  /// An answer that goes wrong on its way, as the breakage says.
  case broken(HTTPResponse, HTTPBreakage)
}

/// What goes wrong with an answer on purpose, so that clients can be tried.
public struct HTTPBreakage: Hashable, Sendable {
  /// How the connection goes on.
  public enum Ending: Hashable, Sendable {
    /// The answer is sent whole.
    case whole
    /// The connection is reset before a byte of it.
    case reset
    /// After so many bytes of the body, half of them for `nil`, nothing comes for a time; then the connection ends.
    ///
    /// An answer without a body ends before its header fields.
    case truncated(bytes: Int?, silence: Duration)
  }

  /// How long the answer is held back.
  public var delay: Duration
  /// How the connection goes on after that.
  public var ending: Ending

  /// A breakage of an answer.
  public init(delay: Duration = .zero, ending: Ending = .whole) {
    self.delay = delay
    self.ending = ending
  }
}
