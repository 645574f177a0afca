import CMicrohttpd
import Synchronization

/// Closes the handles of upgraded connections, and keeps libmicrohttpd from freeing a connection under the close's feet.
///
/// Under TLS its thread may find at any time that both sides of the relay have ended. Up to version 0.9.76 the close first
/// says that the application is done and then looks at the connection once more, which that thread may have freed in
/// between. It tells of a connection's end just before it frees it, and holds no lock then: there it is made to wait.
final class HandleClosing: Sendable {
  private let underWay = Mutex(())

  /// Closes `handle`, for good.
  func close(_ handle: OpaquePointer) {
    underWay.withLock { _ in cmicrohttpd_close_upgraded(handle) }
  }

  /// Returns when no close is under way that had begun.
  func wait() {
    underWay.withLock { _ in }
  }
}
