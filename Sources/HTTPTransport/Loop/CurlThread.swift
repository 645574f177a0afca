import ACSTypes
import CCurl
import Services
import WebSocketFrames

/// All that the thread of a ``CurlLoop`` knows: transfers and WebSockets under way.
///
/// Belongs to that thread.
final class CurlThread {
  private let loop: CurlLoop
  private let multi: UnsafeMutableRawPointer?
  private let userAgent: String
  private var authorities: CertificateAuthorities
  private var transfers: [UInt64: Transfer] = [:]
  private var queue = TransferQueue()
  private var sockets: [UInt64: ClientSocket] = [:]
  /// Which transfer or socket a handle of libcurl belongs to.
  private var numbers: [UnsafeMutableRawPointer: UInt64] = [:]
  /// Handles that wait for another use; making one costs more than resetting one.
  private var spares: [UnsafeMutableRawPointer] = []
  /// After a socket had more to read than it was let.
  private var isBusy = false

  init(
    loop: CurlLoop, multi: UnsafeMutableRawPointer?, authorities: CertificateAuthorities,
    userAgent: String
  ) {
    self.loop = loop
    self.multi = multi
    self.authorities = authorities
    self.userAgent = userAgent
  }

  /// Does what tasks want.
  ///
  /// - Returns: False when the thread shall end.
  func serve(_ requests: [CurlLoop.Request]) -> Bool {
    var goesOn = true
    for request in requests {
      switch request {
      case .start(let number, let outgoing, let continuation):
        let wait = TransferQueue.Wait(
          number: number, outgoing: outgoing, continuation: continuation)
        if queue.enters(wait), !start(wait) { left(outgoing.origin) }
      case .connect(let number, let outgoing, let continuation):
        start(number, ClientSocket(outgoing, continuation: continuation))
      case .cancel(let number):
        cancel(number)
      case .perform(let number, let order):
        perform(order, on: number)
      case .stop:
        goesOn = false
      }
    }
    return goesOn
  }

  /// Moves what can be moved, then sleeps until there is more.
  func step() {
    ccurl_multi_perform(multi)
    takeEnded()
    advanceSockets()
    sleep()
  }

  /// Drops everything.
  func end() {
    for waiting in queue.removeAll() {
      waiting.continuation.resume(throwing: CurlLoop.stopped)
    }
    for (number, transfer) in transfers {
      release(transfer.easy)
      transfers[number] = nil
      transfer.fail(CurlLoop.stopped)
    }
    for (number, socket) in sockets { drop(number, socket, .failed(CurlLoop.stopped)) }
    for easy in spares { ccurl_easy_free(easy) }
    spares = []
  }

  // MARK: Transfers

  /// Begins a transfer.
  ///
  /// - Returns: False when it is over already.
  private func start(_ wait: TransferQueue.Wait) -> Bool {
    let number = wait.number
    let outgoing = wait.outgoing.after(ContinuousClock.now - wait.arrival)
    let transfer = Transfer(outgoing ?? wait.outgoing, continuation: wait.continuation)
    guard outgoing != nil else {
      let name = wait.outgoing.name
      transfer.fail(TransportError(.timedOut, "\(name) found no free connection in time."))
      return false
    }
    let easy = takeHandle()
    do throws(TransportError) {
      try prepare(easy, for: transfer.outgoing)
      transfer.prepare(easy)
      transfers[number] = transfer
      numbers[easy] = number
      _ = ccurl_multi_add(multi, easy)
      return true
    } catch {
      spares.append(easy)
      transfer.fail(error)
      return false
    }
  }

  /// A transfer to `origin` is over, which may let another one begin.
  private func left(_ origin: Origin) {
    while let next = queue.next(after: origin.text) {
      if start(next) { return }
    }
  }

  /// What every request has in common.
  private func prepare(
    _ easy: UnsafeMutableRawPointer, for outgoing: OutgoingRequest
  ) throws(TransportError) {
    if outgoing.origin.isSecure { try authorities.apply(to: easy) }
    if outgoing.origin.isOnThisLink { ccurl_set_text(easy, CURLOPT_PROXY, "") }
    ccurl_set_number(easy, CURLOPT_NOSIGNAL, 1)
    ccurl_set_text(easy, CURLOPT_URL, outgoing.origin.text + "/")
    ccurl_set_text(easy, CURLOPT_USERAGENT, userAgent)
    let timeout = milliseconds(outgoing.request.timeout)
    ccurl_set_number(easy, CURLOPT_CONNECTTIMEOUT_MS, min(10_000, timeout))
  }

  private func takeEnded() {
    var easy: UnsafeMutableRawPointer?
    var result = CURLE_OK
    while ccurl_multi_next_ended(multi, &easy, &result) {
      guard let easy, let number = numbers[easy] else { continue }
      if let transfer = transfers.removeValue(forKey: number) {
        transfer.complete(result)
        release(easy)
        left(transfer.outgoing.origin)
      } else if let socket = sockets[number] {
        socket.connected(result)
      }
    }
  }

  private func cancel(_ number: UInt64) {
    let error = TransportError.requestCancelled
    if let transfer = transfers.removeValue(forKey: number) {
      release(transfer.easy)
      transfer.fail(error)
      left(transfer.outgoing.origin)
    } else if let waiting = queue.remove(number) {
      waiting.continuation.resume(throwing: error)
    } else if let socket = sockets[number], !socket.isOpen {
      drop(number, socket, .failed(error))
    }
  }

  // MARK: Sockets

  private func start(_ number: UInt64, _ socket: ClientSocket) {
    let easy = takeHandle()
    do throws(TransportError) {
      try prepare(easy, for: socket.outgoing)
      let loop = self.loop
      socket.prepare(easy, channel: MessageChannel { loop.post(.perform(number, $0)) })
      sockets[number] = socket
      numbers[easy] = number
      _ = ccurl_multi_add(multi, easy)
    } catch {
      spares.append(easy)
      socket.ended(.failed(error))
    }
  }

  private func perform(_ order: MessageChannel.Order, on number: UInt64) {
    if let socket = sockets[number] { return socket.perform(order) }
    guard case .send(_, let continuation) = order else { return }
    continuation.resume(throwing: TransportError(.interrupted, "The WebSocket is closed."))
  }

  private func advanceSockets() {
    isBusy = false
    for (number, socket) in sockets {
      switch socket.advance() {
      case .waiting: break
      case .busy: isBusy = true
      case .over(let end): drop(number, socket, end)
      }
    }
  }

  private func drop(_ number: UInt64, _ socket: ClientSocket, _ end: ClientSocket.End) {
    sockets[number] = nil
    release(socket.easy)
    socket.ended(end)
  }

  // MARK: Sleep and handles

  private func sleep() {
    var waits = sockets.values.compactMap(\.wait)
    let now = ContinuousClock.now
    let deadline = sockets.values.compactMap(\.deadline).min()
    let limit = deadline.map { max(0, milliseconds($0 - now) + 1) } ?? Int(Int32.max)
    let timeout = isBusy ? 0 : Int32(clamping: limit)
    ccurl_multi_poll(multi, &waits, UInt32(waits.count), timeout)
  }

  private func takeHandle() -> UnsafeMutableRawPointer {
    if let easy = spares.popLast() { return easy }
    guard let easy = ccurl_easy_new() else { preconditionFailure("libcurl has no memory") }
    return easy
  }

  private func release(_ easy: UnsafeMutableRawPointer?) {
    guard let easy else { return }
    numbers[easy] = nil
    ccurl_multi_remove(multi, easy)
    guard spares.count < TransferQueue.limit else { return ccurl_easy_free(easy) }
    ccurl_easy_reset(easy)
    spares.append(easy)
  }
}

/// The duration in milliseconds, 1 at least: libcurl takes 0 for "for ever".
func milliseconds(_ duration: Duration) -> Int {
  let (seconds, attoseconds) = duration.components
  guard seconds < 2_000_000 else { return 2_000_000_000 }
  return max(1, Int(seconds * 1000 + attoseconds / 1_000_000_000_000_000))
}
