public import ACSTypes

/// How the client stands to the service's events as they happen.
public enum EventChannel: Hashable, Sendable {
  /// The person wants none, or nobody is signed in.
  case off
  /// On the way, for the first time or anew.
  case connecting
  /// Events come since a moment.
  case live(since: Timestamp)
  /// It broke off or never came up, `attempts` times in a row; tried again at `retryOn`.
  case waiting(retryOn: Timestamp, attempts: Int, reason: String)
  /// The resource offers none.
  case unsupported

  /// True while events come.
  public var isLive: Bool {
    if case .live = self { true } else { false }
  }
}

/// How the client stands to Chat, in one word for the person.
public enum ConnectionStatus: Hashable, Sendable {
  /// Nothing was answered yet.
  case connecting
  /// Messages come as they are sent.
  case live
  /// Messages are asked for every few seconds; `cause` says why they do not come by themselves, `nil` when nobody wants that.
  case polling(cause: String?)
  /// Nothing reaches the service; `queued` changes wait, and it is tried again at `retryOn`.
  case offline(queued: Int, retryOn: Timestamp?, cause: String)
  /// Nobody is let in.
  case signInFailed(retryOn: Timestamp?, cause: String)

  /// The word by which scripts and the status line name it.
  public var kind: String {
    switch self {
    case .connecting: "connecting"
    case .live: "live"
    case .polling: "polling"
    case .offline: "offline"
    case .signInFailed: "sign-in failed"
    }
  }
}

extension ClientState {
  /// How the client stands to Chat.
  public var connectionStatus: ConnectionStatus {
    // A token that has expired is as good as none.
    let isSignedIn = session.isUsable(at: now)
    if session.hasAuthFailed, let problem = session.problem,
      !isSignedIn || connection.problem != nil
    {
      return .signInFailed(retryOn: problem.retryOn, cause: problem.error.message)
    }
    if let problem = connection.problem ?? (isSignedIn ? nil : session.problem) {
      return .offline(
        queued: outbox.waitingCount, retryOn: problem.retryOn, cause: problem.error.message)
    }
    guard connection.lastAnswerOn != nil else { return .connecting }
    switch connection.events {
    case .live: return .live
    case .off: return .polling(cause: nil)
    case .connecting: return .polling(cause: "connecting")
    case .unsupported: return .polling(cause: "not offered")
    case .waiting(_, _, let reason): return .polling(cause: reason)
    }
  }
}
