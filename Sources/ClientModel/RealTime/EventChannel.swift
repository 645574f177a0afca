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
  /// Messages came as they were sent until a moment ago, and will again; they are asked for meanwhile.
  ///
  /// It is tried again at `retryOn`, or being tried with `nil`.
  case reconnecting(retryOn: Timestamp?, cause: String)
  /// Messages are asked for every few seconds; `cause` says why they do not come by themselves, `nil` when nobody wants that.
  case polling(cause: String?, retryOn: Timestamp? = nil)
  /// Nothing reaches the service; `queued` changes wait, and it is tried again at `retryOn`.
  case offline(queued: Int, retryOn: Timestamp?, cause: String)
  /// Nobody is let in.
  case signInFailed(retryOn: Timestamp?, cause: String)

  /// The word by which scripts and the status line name it.
  public var kind: String {
    switch self {
    case .connecting: "connecting"
    case .live: "live"
    case .reconnecting: "reconnecting"
    case .polling: "polling"
    case .offline: "offline"
    case .signInFailed: "sign-in failed"
    }
  }

  /// When it is tried again to get further; `nil` while that is not waited for.
  public var retryOn: Timestamp? {
    switch self {
    case .connecting, .live: nil
    case .reconnecting(let retryOn, _), .polling(_, let retryOn), .offline(_, let retryOn, _),
      .signInFailed(let retryOn, _):
      retryOn
    }
  }

  /// Why messages do not come as they are sent; `nil` when they do, or when nobody wants that.
  public var cause: String? {
    switch self {
    case .connecting, .live: nil
    case .polling(let cause, _): cause
    case .reconnecting(_, let cause), .offline(_, _, let cause), .signInFailed(_, let cause):
      cause
    }
  }
}

extension ServiceError {
  /// True when it says that somebody cannot be reached, not that the user is not let in: the trusted service says so when
  /// ACS does not give it a token.
  fileprivate var tellsOfAbsence: Bool {
    switch code {
    case .unreachable, .timedOut, .throttled: true
    case .serviceFailed: status == 503 || status == 504 || serviceCode == "ServiceUnavailable"
    default: false
    }
  }
}

extension ClientState {
  /// True when a trouble with signing in keeps the person out; one that only a network has is another matter.
  private func isRefused(_ problem: Problem) -> Bool {
    guard !session.isUsable(at: now) else {
      return session.hasAuthFailed && connection.problem != nil
    }
    return !problem.error.tellsOfAbsence
  }

  /// What keeps the open thread or the list from being read, while the service wants to be left alone.
  private var heldReading: Problem? {
    threads.open.flatMap { connection.holds.problem(of: .messages($0), at: now) }
      ?? connection.holds.problem(of: .threads, at: now)
  }

  /// How the client stands to Chat.
  public var connectionStatus: ConnectionStatus {
    // A token that has expired is as good as none.
    let isSignedIn = session.isUsable(at: now)
    if let problem = session.problem, isRefused(problem) {
      return .signInFailed(retryOn: problem.retryOn, cause: problem.error.message)
    }
    if let problem = connection.problem ?? (isSignedIn ? nil : session.problem) {
      return .offline(
        queued: outbox.waitingCount, retryOn: problem.retryOn, cause: problem.error.message)
    }
    guard connection.lastAnswerOn != nil else { return .connecting }
    if !connection.events.isLive, let held = heldReading {
      return .polling(cause: held.error.message, retryOn: held.retryOn)
    }
    switch connection.events {
    case .live: return .live
    case .off: return .polling(cause: nil)
    case .connecting:
      guard connection.wasLive else {
        return .polling(cause: connection.eventsCause ?? "connecting")
      }
      return .reconnecting(retryOn: nil, cause: connection.eventsCause ?? "")
    case .unsupported: return .polling(cause: "not offered")
    case .waiting(let retryOn, _, let reason):
      return connection.wasLive
        ? .reconnecting(retryOn: retryOn, cause: reason)
        : .polling(cause: reason, retryOn: retryOn)
    }
  }
}
