import ACSTypes
import CMicrohttpd
import Executor
import Glibc
import Synchronization

/// A running libmicrohttpd daemon and what its callbacks need.
///
/// It keeps itself alive until ``stop(grace:)``.
final class Daemon: @unchecked Sendable {
  // `handle` is set once, before any other thread sees the object; the rest is immutable or `Sendable`.
  private var handle: OpaquePointer?
  let configuration: HTTPServer.Configuration
  let scheme: String
  let traffic: Traffic
  let sockets = SocketLoop()
  let heads: HeadDeadlines
  private let isQuiet = Mutex(false)
  private let isStopped = Mutex(false)

  /// Starts to serve on a copy of `socket`, which stays its owner's.
  init(
    _ configuration: HTTPServer.Configuration, socket: ListeningSocket
  ) throws(HTTPServingError) {
    self.configuration = configuration
    scheme = configuration.tls == nil ? "http" : "https"
    traffic = Traffic(executor: configuration.executor)
    heads = HeadDeadlines(limit: configuration.headTimeout, idle: configuration.idleTimeout)
    // When it does not start, libmicrohttpd mostly closes what it was given, and a number that is closed twice may be
    // somebody else's by then: it gets one of its own, and is left to it.
    let copy = fcntl(socket.descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else {
      throw HTTPServingError(.failed, "There are no free file descriptors.")
    }
    handle = withPEM(configuration.tls) { chain, key in
      var settings = cmicrohttpd_settings(
        listen_socket: copy, certificate_chain: chain, private_key: key,
        connection_limit: UInt32(clamping: configuration.maximumConnections),
        threads: UInt32(clamping: configuration.threads),
        idle_timeout: UInt32(clamping: configuration.idleTimeout.components.seconds),
        memory_limit: configuration.headLimit, context: Unmanaged.passUnretained(self).toOpaque(),
        begin: begin, handle: handle(context:connection:_:_:_:upload:size:slot:),
        completed: completed, connected: connected)
      return withSignalsBlocked { cmicrohttpd_start(&settings) }
    }
    guard handle != nil else {
      throw configuration.tls == nil
        ? HTTPServingError(.failed, "libmicrohttpd did not start; are there free file descriptors?")
        : HTTPServingError(
          .identityRefused,
          "The server's certificate or key cannot be used: give a PEM chain and the key of its "
            + "first certificate.")
    }
    _ = Unmanaged.passRetained(self)
  }

  /// Takes no new connection; those that are there end with their next answer, WebSockets by themselves.
  ///
  /// Blocks until that has happened, an hour at the longest, or until ``stop(grace:)``.
  func retire() {
    quiesce()
    // A connection that stays silent for so long is dropped anyway; the others get an answer and are closed by it.
    if traffic.waitUntilClosed(upTo: configuration.idleTimeout + .seconds(5)) { return }
    _ = traffic.waitForEnd(upTo: .seconds(3600))
    stop(grace: .seconds(5))
  }

  /// After ``stop(grace:)`` began.
  var hasStopped: Bool { isStopped.withLock { $0 } }

  private func quiesce() {
    // A second time, the descriptor may be somebody else's.
    let isFirst = isQuiet.withLock { isQuiet in
      defer { isQuiet = true }
      return !isQuiet
    }
    guard isFirst else { return }
    let listener = MHD_quiesce_daemon(handle)
    if listener >= 0 { close(listener) }
    traffic.beginStop()
  }

  /// See ``HTTPServer/stop(grace:)``; only the first call does anything.
  func stop(grace: Duration) {
    let isFirst = isStopped.withLock { isStopped in
      defer { isStopped = true }
      return !isStopped
    }
    guard isFirst else { return }
    quiesce()
    sockets.closeAll()
    if !traffic.waitForEnd(upTo: grace) {
      traffic.cancelAll()
      _ = traffic.waitForEnd(upTo: .seconds(1))
    }
    // libmicrohttpd aborts if a connection still sleeps when it stops, or is still a WebSocket.
    traffic.close()
    sockets.stop()
    _ = traffic.waitForAnswers(upTo: .seconds(1))
    MHD_stop_daemon(handle)
    heads.stop()
    Unmanaged.passUnretained(self).release()
  }
}

private func withPEM<Result>(
  _ identity: TLSIdentity?, _ body: (UnsafePointer<CChar>?, UnsafePointer<CChar>?) -> Result
) -> Result {
  guard let identity else { return body(nil, nil) }
  return identity.certificateChainPEM.withCString { chain in
    identity.privateKeyPEM.reveal().withCString { key in body(chain, key) }
  }
}

// MARK: What libmicrohttpd calls, on the connection's thread

private func daemon(_ context: UnsafeMutableRawPointer?) -> Daemon? {
  context.map { Unmanaged<Daemon>.fromOpaque($0).takeUnretainedValue() }
}

private func begin(
  context: UnsafeMutableRawPointer?, target: UnsafePointer<CChar>?, connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
  guard let daemon = daemon(context), let target, let connection else { return nil }
  let exchange = ServerExchange(
    daemon: daemon, connection: connection, target: target)
  return Unmanaged.passRetained(exchange).toOpaque()
}

private func handle(
  context: UnsafeMutableRawPointer?, connection: OpaquePointer?, _: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _: UnsafePointer<CChar>?, upload: UnsafePointer<CChar>?,
  size: UnsafeMutablePointer<Int>?, slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let pointer = slot?.pointee, let size, let method else { return .NO }
  let exchange = Unmanaged<ServerExchange>.fromOpaque(pointer).takeUnretainedValue()
  let chunk = UnsafeRawBufferPointer(start: upload, count: size.pointee)
  size.pointee = 0
  return exchange.advance(method: method, chunk: chunk) ? .YES : .NO
}

private func completed(
  context: UnsafeMutableRawPointer?, connection: OpaquePointer?,
  slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, reason: MHD_RequestTerminationCode
) {
  guard let pointer = slot?.pointee else { return }
  slot?.pointee = nil
  let exchange = Unmanaged<ServerExchange>.fromOpaque(pointer).takeRetainedValue()
  exchange.ended()
  guard cmicrohttpd_is_answered(reason), let connection else { return }
  daemon(context)?.heads.answered(cmicrohttpd_descriptor(connection))
}

private func connected(
  context: UnsafeMutableRawPointer?, connection: OpaquePointer?,
  _: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, what: MHD_ConnectionNotificationCode
) {
  guard let daemon = daemon(context), let connection else { return }
  let descriptor = cmicrohttpd_descriptor(connection)
  if cmicrohttpd_is_opened(what) {
    daemon.heads.opened(descriptor)
  } else {
    daemon.heads.settled(descriptor)
    daemon.sockets.closing.wait()
  }
}
