import ACSTypes
import CMicrohttpd
import Synchronization

/// The answer that a task owes to a connection that sleeps meanwhile.
final class PendingReply: @unchecked Sendable {
  /// What becomes of the debt.
  enum Outcome {
    case reply(HTTPServerReply)
    /// The server stopped before there was an answer.
    case stopping
  }

  // `outcome` is the lock. `connection` lives as long as it is suspended, which ends under that lock, once;
  // libmicrohttpd resumes from any thread.
  private let outcome = Mutex<Outcome?>(nil)
  private let connection: OpaquePointer

  /// Puts `connection` to sleep.
  init(suspending connection: OpaquePointer) {
    self.connection = connection
    MHD_suspend_connection(connection)
  }

  /// Gives the answer and wakes the connection; only the first answer counts.
  func answer(_ answer: HTTPServerReply) { settle(.reply(answer)) }

  /// Gives the debt up, for the server stops.
  func giveUp() { settle(.stopping) }

  private func settle(_ new: Outcome) {
    outcome.withLock { outcome in
      guard outcome == nil else { return }
      outcome = new
      MHD_resume_connection(connection)
    }
  }

  /// What became of it, once the connection is awake.
  var value: Outcome? { outcome.withLock { $0 } }
}
