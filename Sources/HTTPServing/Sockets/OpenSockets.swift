import CMicrohttpd
import Glibc
import WebSocketFrames

/// The sockets of a ``SocketLoop``, on its thread.
struct OpenSockets: ~Copyable {
  private final class Entry {
    let connection: FramedConnection
    let socket: AdoptedSocket
    /// What epoll was told to look for.
    var interest: UInt32 = 0
    /// When a peer that does not answer a close is dropped.
    var deadline: ContinuousClock.Instant?

    init(connection: FramedConnection, socket: AdoptedSocket) {
      self.connection = connection
      self.socket = socket
    }
  }

  /// A peer has this long to answer a close.
  private static let closeTimeout = Duration.seconds(1)

  private let closing: HandleClosing
  private var entries: [Int: Entry] = [:]
  private let poller = epoll_create1(Int32(EPOLL_CLOEXEC))
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

  /// No sockets; `wake` is the descriptor that ends a ``wait()``.
  init(wake: Int32, closing: HandleClosing) {
    self.closing = closing
    watch(wake, number: 0, for: EPOLLIN.rawValue, operation: EPOLL_CTL_ADD)
  }

  deinit {
    close(poller)
    buffer.deallocate()
  }

  // MARK: Requests

  mutating func adopt(_ socket: AdoptedSocket, number: Int, channel: MessageChannel) {
    let connection = FramedConnection(side: .server, peer: "the client", channel: channel)
    let entry = Entry(connection: connection, socket: socket)
    entries[number] = entry
    watch(socket.descriptor, number: number, for: 0, operation: EPOLL_CTL_ADD)
    socket.early.withUnsafeBytes { connection.received($0) }
    settle(number, entry)
  }

  mutating func perform(_ order: MessageChannel.Order, on number: Int) {
    guard let entry = entries[number] else { return refuse(order) }
    entry.connection.perform(order)
    settle(number, entry)
  }

  mutating func closeAll() {
    for (number, entry) in entries {
      entry.connection.close(code: 1001)
      settle(number, entry)
    }
  }

  mutating func dropAll() {
    for (number, entry) in entries {
      remove(number, entry, reason: "the server stopped", gracefully: false)
    }
  }

  // MARK: Bytes

  /// Sleeps until a socket, the wake descriptor or a deadline is due, and moves bytes.
  mutating func wait() {
    withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 64) { events in
      let count = epoll_wait(poller, events.baseAddress, 64, timeout())
      for event in events.prefix(Int(max(0, count))) {
        let number = Int(event.data.u64)
        guard number != 0, let entry = entries[number] else { continue }
        let isReadable = event.events & (EPOLLIN.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue)
        if isReadable != 0 { read(number, entry) }
        if entries[number] != nil { settle(number, entry) }
      }
    }
    dropOverdue()
  }

  private mutating func read(_ number: Int, _ entry: Entry) {
    let connection = entry.connection
    // A fixed number of reads, so that one busy peer does not starve the others.
    for _ in 0..<8 where connection.wantsInput && !connection.isFinished {
      let count = recv(
        entry.socket.descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
      if count > 0 {
        connection.received(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        if count < buffer.count { return }
      } else if count < 0, errno == EAGAIN || errno == EINTR {
        return
      } else {
        return remove(number, entry, reason: count < 0 ? String(cString: strerror(errno)) : nil)
      }
    }
  }

  /// Writes what waits, then sets what to look for, or drops the socket if all is said.
  private mutating func settle(_ number: Int, _ entry: Entry) {
    let connection = entry.connection
    var failure: String?
    while connection.hasOutput, failure == nil {
      var isBlocked = false
      connection.withOutput { bytes in
        let flags = Int32(MSG_DONTWAIT | MSG_NOSIGNAL)
        let count = send(entry.socket.descriptor, bytes.baseAddress, bytes.count, flags)
        isBlocked = count < bytes.count
        if count < 0, errno != EAGAIN, errno != EINTR {
          failure = String(cString: strerror(errno))
        }
        return max(0, count)
      }
      if isBlocked { break }
    }
    if failure != nil || connection.isFinished {
      return remove(number, entry, reason: failure)
    }
    if connection.isClosing, entry.deadline == nil {
      entry.deadline = .now + OpenSockets.closeTimeout
    }
    let interest =
      (connection.wantsInput ? EPOLLIN.rawValue : 0)
      | (connection.hasOutput ? EPOLLOUT.rawValue : 0)
    guard interest != entry.interest else { return }
    entry.interest = interest
    watch(entry.socket.descriptor, number: number, for: interest, operation: EPOLL_CTL_MOD)
  }

  private mutating func remove(
    _ number: Int, _ entry: Entry, reason: String?, gracefully: Bool = true
  ) {
    entries[number] = nil
    watch(entry.socket.descriptor, number: number, for: 0, operation: EPOLL_CTL_DEL)
    entry.socket.end(gracefully: gracefully && !entry.connection.isDropped)
    closing.close(entry.socket.handle)
    entry.connection.ended(reason)
  }

  private mutating func dropOverdue() {
    guard entries.values.contains(where: { $0.deadline != nil }) else { return }
    let now = ContinuousClock.now
    for (number, entry) in entries {
      guard let deadline = entry.deadline, deadline <= now else { continue }
      remove(number, entry, reason: nil, gracefully: false)
    }
  }

  /// Milliseconds to the next deadline; -1 without one.
  private func timeout() -> Int32 {
    guard let next = entries.values.compactMap(\.deadline).min() else { return -1 }
    let (seconds, attoseconds) = (next - .now).components
    return Int32(clamping: max(0, seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1))
  }

  private func watch(_ descriptor: Int32, number: Int, for events: UInt32, operation: Int32) {
    var event = epoll_event(events: events, data: epoll_data_t(u64: UInt64(number)))
    epoll_ctl(poller, operation, descriptor, &event)
  }
}
