public import ACSTypes

/// A line that tells what just happened, shown until its time is up or the next one comes.
public struct Notice: Hashable, Sendable {
  /// What it tells.
  public enum Message: Hashable, Sendable {
    /// Something was done, in words.
    case information(String)
    /// Something failed, in the service's words.
    case failure(String)

    var isFailure: Bool {
      if case .failure = self { true } else { false }
    }
  }

  /// What it tells.
  public var message: Message
  /// When it goes away.
  public var expiresOn: Timestamp
}

/// Notices one after another: news take the place of news at once, but a failure stays long enough to be read.
public struct NoticeQueue: Hashable, Sendable {
  /// How long a notice is shown that no other one waits for.
  static let span = Duration.seconds(8)
  /// How long each is shown while others wait.
  static let crowdedSpan = Duration.seconds(4)
  /// How many wait at most; of more the oldest that are no failures go, then the oldest.
  static let limit = 16

  /// The one that is shown; `nil` when there is nothing to tell.
  public private(set) var shown: Notice?
  /// Those that are shown after it, in their order.
  public private(set) var waiting: [Notice.Message] = []
  private var shownOn = Timestamp.epoch

  /// Nothing to tell.
  public init() {}

  mutating func add(_ message: Notice.Message, at now: Timestamp) {
    guard let shown, shown.message.isFailure, shown.message != message, shown.expiresOn > now
    else {
      show(message, at: now)
      return
    }
    waiting.removeAll { $0 == message || (!$0.isFailure && !message.isFailure) }
    waiting.append(message)
    if waiting.count > NoticeQueue.limit {
      waiting.remove(at: waiting.firstIndex { !$0.isFailure } ?? 0)
    }
    self.shown?.expiresOn = max(now, min(shown.expiresOn, shownOn + NoticeQueue.crowdedSpan))
  }

  mutating func advance(to now: Timestamp) {
    guard let shown, shown.expiresOn <= now else { return }
    if waiting.isEmpty { self.shown = nil } else { show(waiting.removeFirst(), at: now) }
  }

  private mutating func show(_ message: Notice.Message, at now: Timestamp) {
    let span = waiting.isEmpty ? NoticeQueue.span : NoticeQueue.crowdedSpan
    shown = Notice(message: message, expiresOn: now + span)
    shownOn = now
  }
}

extension ClientState {
  /// The line that tells what just happened; `nil` when there is nothing to tell.
  public var notice: Notice? { notices.shown }

  mutating func say(_ message: Notice.Message, _ turn: inout Turn) {
    notices.add(message, at: turn.now)
  }

  mutating func noticeClock(_ turn: inout Turn) {
    notices.advance(to: turn.now)
  }
}
