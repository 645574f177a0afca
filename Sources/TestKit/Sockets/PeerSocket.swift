public import ACSTypes
public import Services
import Synchronization

/// A connector at whose other end the test sits: each connection gives a ``PeerSocket``.
public final class PeerSocketConnector: MessageSocketConnector {
  private struct State {
    var requests: [HTTPRequest] = []
    var error: TransportError?
  }

  private let state = Mutex(State())
  private let stream: AsyncStream<PeerSocket>
  private let sockets: AsyncStream<PeerSocket>.Continuation

  /// Lets everybody connect.
  public init() {
    (stream, sockets) = AsyncStream.makeStream()
  }

  /// The requests to connect.
  public var requests: [HTTPRequest] { state.withLock { $0.requests } }

  /// Refuses the connections from now on; `nil` takes them again.
  public func refuse(_ error: TransportError?) {
    state.withLock { $0.error = error }
  }

  /// Opens a socket, or refuses.
  public func connect(_ request: HTTPRequest) async throws -> any MessageSocket {
    let error = state.withLock { state in
      state.requests.append(request)
      return state.error
    }
    if let error { throw error }
    let socket = PeerSocket()
    sockets.yield(socket)
    return socket
  }

  /// Waits for the next connection, whose other end it gives.
  ///
  /// One caller at a time.
  public func accepted() async -> PeerSocket {
    for await socket in stream { return socket }
    preconditionFailure("the task of the test was cancelled while it waited for a connection")
  }
}

/// Both ends of one connection in memory: the port for what is tested, the rest for the test.
public final class PeerSocket: MessageSocket {
  /// How it ended.
  public enum End: Hashable, Sendable {
    /// What is tested closed it in good order.
    case closed
    /// What is tested broke it.
    case dropped
    /// The test closed it.
    case closedByPeer
    /// The test broke it.
    case brokenByPeer
  }

  private struct State {
    var texts: [String] = []
    var receiver: CheckedContinuation<String?, any Error>?
    var end: End?
  }

  private let state = Mutex(State())
  private let stream: AsyncStream<String>
  private let sent: AsyncStream<String>.Continuation

  init() {
    (stream, sent) = AsyncStream.makeStream()
  }

  /// How it ended; `nil` while it is open.
  public var end: End? { state.withLock { $0.end } }

  // MARK: The port

  /// Hands a text to the test.
  public func send(_ text: String) async throws {
    guard end == nil else { throw TransportError(.interrupted, "The socket is closed.") }
    sent.yield(text)
  }

  /// Waits for a text of the test.
  public func receive() async throws -> String? {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let answer = state.withLock { state -> Result<String?, any Error>? in
          precondition(state.receiver == nil, "two callers receive at once")
          if !state.texts.isEmpty { return .success(state.texts.removeFirst()) }
          if let end = state.end { return PeerSocket.outcome(end) }
          if Task.isCancelled { return .failure(PeerSocket.cancelled) }
          state.receiver = continuation
          return nil
        }
        if let answer { continuation.resume(with: answer) }
      }
    } onCancel: {
      state.withLock { $0.receiver.take() }?.resume(throwing: PeerSocket.cancelled)
    }
  }

  /// Closes in good order.
  public func close() async { end(.closed) }

  /// Breaks it.
  public func drop() async { end(.dropped) }

  // MARK: The test

  /// Sends a text to what is tested.
  public func say(_ text: String) {
    let receiver = state.withLock { state -> CheckedContinuation<String?, any Error>? in
      if let receiver = state.receiver.take() { return receiver }
      state.texts.append(text)
      return nil
    }
    receiver?.resume(returning: text)
  }

  /// Waits for the next text that was sent; `nil` after the end.
  ///
  /// One caller at a time.
  public func heard() async -> String? {
    for await text in stream { return text }
    return nil
  }

  /// Closes it, or breaks it without a word.
  public func end(_ end: End) {
    let receiver = state.withLock { state -> CheckedContinuation<String?, any Error>? in
      guard state.end == nil else { return nil }
      state.end = end
      return state.receiver.take()
    }
    sent.finish()
    receiver?.resume(with: PeerSocket.outcome(end))
  }

  private static let cancelled = TransportError(
    .cancelled, "Waiting for a message was cancelled.")

  private static func outcome(_ end: End) -> Result<String?, any Error> {
    switch end {
    case .closed, .closedByPeer: .success(nil)
    case .dropped, .brokenByPeer:
      .failure(TransportError(.interrupted, "The connection broke."))
    }
  }
}
