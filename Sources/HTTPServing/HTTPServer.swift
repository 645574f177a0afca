import Executor
import Glibc
import Synchronization

/// Serves HTTP or HTTPS on one address with threads of its own, and one more once there are WebSockets.
public final class HTTPServer: Sendable {
  private struct Running {
    var daemon: Daemon
    var socket: ListeningSocket
    /// Those with older certificates, which end with their connections.
    var retired: [Daemon] = []
    var port: UInt16 { socket.port }
  }

  private let configuration: Configuration
  private let running = Mutex<Running?>(nil)

  /// A server that does not listen yet.
  public init(configuration: Configuration) {
    self.configuration = configuration
  }

  /// Starts to listen.
  ///
  /// It serves until ``stop(grace:)``, even when nothing refers to the server any more.
  ///
  /// - Throws: ``HTTPServingError``; nothing listens then.
  public func start() throws {
    try running.withLock { running in
      guard running == nil else { return }
      let socket = try ListeningSocket(address: configuration.address, port: configuration.port)
      do {
        running = Running(daemon: try Daemon(configuration, socket: socket), socket: socket)
      } catch {
        close(socket.descriptor)
        throw error
      }
    }
  }

  /// The port it listens on; 0 while it does not.
  public var port: UInt16 { running.withLock { $0?.port ?? 0 } }

  /// Where it is reached: scheme, address and port.
  public var origin: String {
    let scheme = configuration.tls == nil ? "http" : "https"
    let address = configuration.address
    return "\(scheme)://\(address.contains(":") ? "[\(address)]" : address):\(port)"
  }

  /// Shows another certificate from now on; no connection is refused or broken for it.
  ///
  /// Connections that are there keep the old one and end with their next answer.
  ///
  /// - Throws: ``HTTPServingError`` with code `.identityRefused`; the old certificate stays then.
  public func replaceIdentity(by tls: TLSIdentity) throws {
    try running.withLock { running in
      guard let old = running else { return }
      var configuration = configuration
      configuration.tls = tls
      let daemon = try Daemon(configuration, socket: old.socket)
      running = Running(
        daemon: daemon, socket: old.socket,
        retired: old.retired.filter { !$0.hasStopped } + [old.daemon])
      PosixThread(name: "old certificate") { old.daemon.retire() }.detach()
    }
  }

  /// Stops: no new connection, requests under way are answered, WebSockets closed, then all ends.
  ///
  /// Blocks for the grace and up to two seconds more at worst. Never call it from a task of the server's executor.
  ///
  /// - Parameter grace: How long requests and WebSocket tasks have; then they are cancelled, and what still has no
  ///   answer gets 503.
  public func stop(grace: Duration = .seconds(5)) {
    guard let running = running.withLock({ $0.take() }) else { return }
    close(running.socket.descriptor)
    running.daemon.stop(grace: grace)
    for daemon in running.retired { daemon.stop(grace: .seconds(1)) }
  }
}
