import ACSTypes
import CCurl
import Glibc
import Services
import WebSocketFrames

/// A WebSocket over a connection that libcurl made.
///
/// Belongs to the loop's thread.
final class ClientSocket {
  /// How ``advance()`` left it.
  enum Progress {
    /// While nothing can be moved before the socket is ready or the deadline comes.
    case waiting
    /// While there is more to read at once.
    case busy
    case over(End)
  }

  /// How it ends.
  enum End {
    /// Before it was open, or because this side gives up.
    case failed(TransportError)
    /// The connection is gone; the text says why, if it broke.
    case gone(String?)
  }

  private enum Stage {
    /// While libcurl connects.
    case connecting
    /// While the opening handshake is written and its answer read.
    case opening(ClientHandshake)
    /// After the handshake.
    case open(FramedConnection)
    /// After connecting failed.
    case failed(TransportError)
  }

  /// A peer has this long to answer a close.
  private static let closeTimeout = Duration.seconds(2)

  let outgoing: OutgoingRequest
  private(set) var easy: UnsafeMutableRawPointer?
  /// When it gives up, while it opens or closes.
  private(set) var deadline: ContinuousClock.Instant?

  private var stage = Stage.connecting
  private var continuation: CheckedContinuation<MessageChannel, any Error>?
  private var channel: MessageChannel?
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16_384, alignment: 16)

  init(
    _ outgoing: OutgoingRequest, continuation: CheckedContinuation<MessageChannel, any Error>
  ) {
    self.outgoing = outgoing
    self.continuation = continuation
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    errorText.deallocate()
    buffer.deallocate()
  }

  /// Whether the handshake is done.
  var isOpen: Bool {
    if case .open = stage { true } else { false }
  }

  /// Tells libcurl to connect and no more.
  func prepare(_ easy: UnsafeMutableRawPointer, channel: MessageChannel) {
    self.easy = easy
    self.channel = channel
    deadline = .now + outgoing.request.timeout
    ccurl_set_number(easy, CURLOPT_CONNECT_ONLY, 1)
    // A server that may choose would take HTTP/2, which has no such upgrade.
    ccurl_set_number(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
  }

  /// libcurl has connected, or not.
  func connected(_ result: CURLcode) {
    guard result == CURLE_OK else {
      let failure = TransferFailure(
        code: result, text: String(cString: errorText), isConnected: false)
      stage = .failed(failure.error(for: outgoing))
      return
    }
    stage = .opening(ClientHandshake(outgoing))
  }

  /// Does what a task wants.
  func perform(_ order: MessageChannel.Order) {
    guard case .open(let connection) = stage else { return }
    connection.perform(order)
    if connection.isClosing, deadline == nil { deadline = .now + ClientSocket.closeTimeout }
  }

  /// What to wait for; `nil` while libcurl waits itself.
  var wait: curl_waitfd? {
    let wantsInput, hasOutput: Bool
    switch stage {
    case .connecting, .failed: return nil
    case .opening(let handshake): (wantsInput, hasOutput) = (true, handshake.hasOutput)
    case .open(let connection):
      (wantsInput, hasOutput) = (connection.wantsInput, connection.hasOutput)
    }
    let events = (wantsInput ? CURL_WAIT_POLLIN : 0) | (hasOutput ? CURL_WAIT_POLLOUT : 0)
    let socket = easy.map { ccurl_socket($0) } ?? -1
    return curl_waitfd(fd: socket, events: Int16(events), revents: 0)
  }

  // MARK: Bytes

  /// Writes and reads what can be without waiting.
  func advance() -> Progress {
    switch stage {
    case .connecting:
      return isOverdue ? .over(.failed(timeout)) : .waiting
    case .failed(let error):
      return .over(.failed(error))
    case .opening(let handshake):
      if let end = write(handshake) ?? readAnswer(handshake) { return .over(end) }
      if isOpen { return advance() }
      return isOverdue ? .over(.failed(timeout)) : .waiting
    case .open(let connection):
      return move(connection)
    }
  }

  private var isOverdue: Bool { deadline.map { $0 <= .now } ?? false }

  private var timeout: TransportError {
    TransportError(
      .timedOut, "\(outgoing.name) opened no WebSocket within \(outgoing.request.timeout).")
  }

  private func write(_ handshake: ClientHandshake) -> End? {
    while handshake.hasOutput {
      switch handshake.output.withUnsafeBytes(send) {
      case .moved(let count): handshake.wrote(count)
      case .blocked: return nil
      case .broken(let reason): return .failed(broken(reason))
      }
    }
    return nil
  }

  private func readAnswer(_ handshake: ClientHandshake) -> End? {
    while !handshake.hasOutput {
      switch receive() {
      case .moved(let count):
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        do throws(TransportError) {
          guard let early = try handshake.received(bytes) else { continue }
          open(early)
          return nil
        } catch {
          return .failed(error)
        }
      case .blocked: return nil
      case .broken(let reason): return .failed(broken(reason))
      }
    }
    return nil
  }

  private func open(_ early: [UInt8]) {
    guard let channel else { return }
    let connection = FramedConnection(side: .client, peer: outgoing.origin.text, channel: channel)
    deadline = nil
    stage = .open(connection)
    continuation.take()?.resume(returning: channel)
    if !early.isEmpty { early.withUnsafeBytes { connection.received($0) } }
  }

  private func move(_ connection: FramedConnection) -> Progress {
    // A fixed number of reads, so that one busy peer does not starve the others.
    for _ in 0..<32 {
      if let reason = flush(connection) { return .over(.gone(reason)) }
      if connection.isFinished { return .over(.gone(nil)) }
      if isOverdue { return .over(.gone(nil)) }
      guard connection.wantsInput else { return .waiting }
      switch receive() {
      case .moved(let count):
        connection.received(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      case .blocked: return .waiting
      case .broken(let reason): return .over(.gone(reason))
      }
    }
    return .busy
  }

  private func flush(_ connection: FramedConnection) -> String? {
    var outcome = Movement.moved(0)
    while connection.hasOutput, case .moved = outcome {
      connection.withOutput { bytes in
        outcome = send(bytes)
        guard case .moved(let count) = outcome else { return 0 }
        return count
      }
    }
    guard case .broken(let reason) = outcome else { return nil }
    return reason ?? "the connection ended without a close"
  }

  private func broken(_ reason: String?) -> TransportError {
    let reason = reason ?? "the connection ended"
    return TransportError(.interrupted, "\(outgoing.name) opened no WebSocket: \(reason).")
  }

  /// What came of one call to libcurl.
  private enum Movement {
    case moved(Int)
    case blocked
    /// The connection is gone; the text says why, unless the peer ended it.
    case broken(String?)
  }

  private func send(_ bytes: UnsafeRawBufferPointer) -> Movement {
    var count = 0
    let result = ccurl_send(easy, bytes.baseAddress, bytes.count, &count)
    return movement(result, count)
  }

  private func receive() -> Movement {
    var count = 0
    let result = ccurl_receive(easy, buffer.baseAddress, buffer.count, &count)
    return movement(result, count)
  }

  private func movement(_ result: CURLcode, _ count: Int) -> Movement {
    switch result {
    case CURLE_OK where count > 0: .moved(count)
    case CURLE_OK: .broken(nil)
    case CURLE_AGAIN: .blocked
    default: .broken("the connection broke")
    }
  }

  // MARK: The end

  /// The connection is gone; tells whoever waits.
  func ended(_ end: End) {
    switch (end, stage) {
    case (.failed(let error), .open(let connection)): connection.ended(error.message)
    case (.gone(let reason), .open(let connection)): connection.ended(reason)
    case (.failed(let error), _): continuation.take()?.resume(throwing: error)
    case (.gone(let reason), _): continuation.take()?.resume(throwing: broken(reason))
    }
  }
}
