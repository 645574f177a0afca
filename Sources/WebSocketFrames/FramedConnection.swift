public import Services

/// What a loop thread keeps for each open WebSocket: it moves the bytes, this does the rest.
///
/// Belongs to the loop thread.
public final class FramedConnection {
  /// Which side of the WebSocket this is.
  public enum Side: Sendable {
    case client
    case server
  }

  /// The longest message that is taken: 1 MiB.
  public static let maximumMessage = 1 << 20

  /// What tasks hold.
  public let channel: MessageChannel
  /// Output that may wait before the loop stops reading what would call for more: four of the longest messages.
  private static let backlogLimit = 4 << 20

  /// While tasks take the messages.
  private var isTaken = true
  /// After this side said that it closes.
  private var saidClose = false
  /// After a task wanted the connection broken.
  public private(set) var isDropped = false

  private let session: FrameSession
  private let peer: String
  private var senders: [(position: Int, continuation: CheckedContinuation<Void, any Error>)] = []

  /// A connection after its handshake.
  ///
  /// - Parameters:
  ///   - side: A client masks what it sends.
  ///   - peer: The other side in error messages, such as `ws://127.0.0.1:7760`.
  ///   - channel: What tasks hold; its orders must come to ``perform(_:)``.
  public init(side: Side, peer: String, channel: MessageChannel) {
    self.channel = channel
    self.peer = peer
    session = FrameSession(
      role: side == .client ? .client : .server, maximumMessage: FramedConnection.maximumMessage)
  }

  /// Does what a task wants.
  public func perform(_ order: MessageChannel.Order) {
    switch order {
    case .send(let text, let continuation):
      if !isClosing, session.send(text) {
        senders.append((session.produced, continuation))
      } else {
        continuation.resume(throwing: FramedConnection.closedError(peer))
      }
    case .close:
      close(code: 1000)
    case .drop:
      saidClose = true
      isDropped = true
    case .readOn:
      isTaken = true
    }
  }

  /// Says that this side closes, with a status code of RFC 6455, 7.4.
  public func close(code: UInt16) {
    saidClose = true
    session.close(code: code)
    // The peer's word must be seen even if nobody takes the messages before it.
    isTaken = true
  }

  /// Whether the loop should read from the socket: not while nobody takes the messages, nor while the peer pings and
  /// does not read the answers.
  public var wantsInput: Bool {
    isTaken && session.outgoing.count - session.written < FramedConnection.backlogLimit
  }

  /// After this side said that it closes, or the peer broke the protocol, while the rest is still to be written or
  /// heard.
  public var isClosing: Bool { saidClose || session.end != nil }

  /// Bytes came from the socket.
  public func received(_ bytes: UnsafeRawBufferPointer) {
    session.received(bytes)
    for message in session.takeMessages() where !channel.arrived(message) && !isClosing {
      isTaken = false
    }
  }

  /// Whether bytes wait for the socket.
  public var hasOutput: Bool { session.written < session.outgoing.count }

  /// Offers the bytes that wait to `write`, which says how many the socket took.
  public func withOutput(_ write: (UnsafeRawBufferPointer) -> Int) {
    let count = session.outgoing.withUnsafeBytes {
      write(UnsafeRawBufferPointer(rebasing: $0[session.written...]))
    }
    guard count > 0 else { return }
    session.wrote(count)
    let done = session.produced - (session.outgoing.count - session.written)
    while let first = senders.first, first.position <= done {
      senders.removeFirst()
      first.continuation.resume()
    }
  }

  /// Whether all is said and written: the loop closes the socket, then calls ``ended(_:)``.
  public var isFinished: Bool { isDropped || session.end != nil && !hasOutput }

  /// The socket is gone; tells the tasks that wait.
  ///
  /// - Parameter reason: Why the socket broke; `nil` when the peer or this side ended it.
  public func ended(_ reason: String?) {
    let fault: String? =
      switch session.end {
      case .closed: nil
      case .broken(let how): how
      case nil where isClosing: nil
      case nil: reason ?? "the connection ended without a close"
      }
    let error = fault.map {
      TransportError(.interrupted, "The WebSocket to \(peer) broke: \($0).")
    }
    for sender in senders {
      sender.continuation.resume(throwing: error ?? FramedConnection.closedError(peer))
    }
    senders = []
    channel.ended(error)
  }

  /// What a send after the end gets.
  public static func closedError(_ peer: String) -> TransportError {
    TransportError(.interrupted, "The WebSocket to \(peer) is closed.")
  }
}
