public import ACSTypes

/// A line that tells what just happened, shown until its time is up or the next one comes.
public struct Notice: Hashable, Sendable {
  /// How a notice is shown.
  public enum Kind: Hashable, Sendable {
    /// Something was done.
    case information
    /// Something failed.
    case failure
  }

  /// What it tells.
  public enum Message: Hashable, Sendable {
    /// Something was done, in words.
    case information(String)
    /// Something failed, in the service's words.
    case failure(String)
  }

  /// What it tells.
  public var message: Message
  /// When it goes away.
  public var expiresOn: Timestamp
}

extension ClientState {
  mutating func say(_ message: Notice.Message, _ turn: inout Turn) {
    notice = Notice(message: message, expiresOn: turn.now + .seconds(8))
  }

  mutating func noticeClock(_ turn: inout Turn) {
    if let notice, notice.expiresOn <= turn.now { self.notice = nil }
  }
}
