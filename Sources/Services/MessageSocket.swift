public import ACSTypes

/// An open WebSocket that carries text messages.
public protocol MessageSocket: Sendable {
  /// Sends one text message.
  ///
  /// - Throws: ``TransportError`` with code `.interrupted` after the socket closed.
  func send(_ text: String) async throws

  /// Waits for the next text message. One caller at a time.
  ///
  /// - Returns: `nil` after the peer closed in good order.
  /// - Throws: ``TransportError`` when the connection broke or the peer broke the protocol.
  func receive() async throws -> String?

  /// Closes in good order; later calls do nothing.
  func close() async

  /// Breaks the connection without a word, as a network that fails; later calls do nothing.
  func drop() async
}

extension MessageSocket {
  /// Closes, where nothing else can be done.
  public func drop() async { await close() }
}

/// Opens WebSockets.
public protocol MessageSocketConnector: Sendable {
  /// Opens a socket to `request.origin` and `request.target` (`http` and `https` origins mean `ws` and `wss`) with
  /// the request's headers.
  ///
  /// - Throws: ``TransportError``; an answer other than 101 is `.interrupted` with its `status`, which the
  ///   message tells, too.
  func connect(_ request: HTTPRequest) async throws -> any MessageSocket
}
