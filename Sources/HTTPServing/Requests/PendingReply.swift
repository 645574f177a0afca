import ACSTypes
import CMicrohttpd
import Synchronization

/// The answer that a task owes to a connection that sleeps meanwhile.
final class PendingReply: @unchecked Sendable {
  // `reply` is the lock. `connection` lives as long as it is suspended, which ends under that lock, once;
  // libmicrohttpd resumes from any thread.
  private let reply = Mutex<HTTPServerReply?>(nil)
  private let connection: OpaquePointer

  /// Puts `connection` to sleep.
  init(suspending connection: OpaquePointer) {
    self.connection = connection
    MHD_suspend_connection(connection)
  }

  /// Gives the answer and wakes the connection; only the first answer counts.
  func answer(_ answer: HTTPServerReply) {
    reply.withLock { reply in
      guard reply == nil else { return }
      reply = answer
      MHD_resume_connection(connection)
    }
  }

  /// The answer, once the connection is awake.
  var value: HTTPServerReply? { reply.withLock { $0 } }
}

extension HTTPResponse {
  /// What a request gets that the stopping server cannot finish.
  static let stopping = HTTPResponse(
    status: 503, headers: ["Content-Type": "application/json", "Retry-After": "1"],
    body: Array(#"{"error":{"code":"ServerStopping","message":"The server is stopping."}}"#.utf8))
}
