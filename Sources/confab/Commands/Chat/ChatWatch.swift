import ACSClient
import ACSTypes
import ArgumentTable
import ClientRuntime
import Configuration
import Executor
import Services

/// Follows threads until it is cancelled: by events where the service tells them, by reading else.
struct ChatWatch: Sendable {
  /// What wakes it.
  private enum Input: Sendable {
    case signal(ChatEventSignal)
    /// The channel ended.
    case silent
    case due
  }

  /// Between two readings while events come: enough to notice that they do not.
  private static let livePause = Duration.seconds(60)
  /// How long after the last news readings are frequent.
  private static let activeSpan = Duration.seconds(300)

  private let workplace: ChatWorkplace
  private let only: ChatThreadID?
  private let events: (any ChatEventChannel)?

  /// Follows the thread `only`, or all for `nil`.
  init(_ workplace: ChatWorkplace, only: ChatThreadID?) {
    self.workplace = workplace
    self.only = only
    events = workplace.events
  }

  /// Tells news in their order; returns when cancelled.
  ///
  /// - Throws: `ServiceError` when only a person can go on.
  func run(
    _ reading: inout ThreadReading, tell: (ChatNews, String) async -> Void
  ) async throws {
    let (inputs, post) = AsyncStream<Input>.makeStream()
    post.yield(.due)
    var round = Round(reading: reading)
    defer { reading = round.reading }
    try await withThrowingDiscardingTaskGroup { group in
      defer { group.cancelAll() }
      if let events { group.addTask { await listen(to: events, post) } }
      for await input in inputs {
        switch input {
        case .signal(.event(let event)):
          guard only == nil || event.thread == only else { continue }
          let (news, isListDue) = round.reading.happened(event)
          if let news { await tell(news, round.reading.topic(of: news.thread)) }
          guard isListDue || !round.reading.changed.isEmpty else { continue }
        case .signal(.connected):
          round.isLive = true
          round.reading.allMayHaveChanged()
        case .signal(.eventsLost): round.reading.allMayHaveChanged()
        case .silent: round.isLive = false
        case .due: round.isScheduled = false
        }
        try await read(&round, tell: tell)
        guard !round.isScheduled else { continue }
        round.isScheduled = true
        let pause = pause(round)
        group.addTask {
          try? await workplace.timer.wait(pause)
          post.yield(.due)
        }
      }
    }
  }

  /// What is known between two readings.
  private struct Round {
    var reading: ThreadReading
    var isLive = false
    /// Whether the next reading's time is set.
    var isScheduled = false
    /// Failures in a row.
    var failures = 0
    var failure: ServiceError?
    var lastNewsOn: Timestamp?
  }

  /// Reads what is to be read; a failure that may pass is told once and left to the next time.
  private func read(
    _ round: inout Round, tell: (ChatNews, String) async -> Void
  ) async throws {
    do {
      if only == nil {
        let list = try await workplace.chat.threadList()
        for news in round.reading.listed(list.threads, servedOn: list.servedOn) {
          await say(news, &round, tell)
        }
      }
      if only != nil || !round.isLive, let next = round.reading.nextInTurn() {
        try await read(next, &round, tell)
      }
      while let id = round.reading.nextChanged() {
        do {
          try await read(id, &round, tell)
        } catch {
          round.reading.allMayHaveChanged()
          throw error
        }
      }
      if round.failure != nil { workplace.output.mention("confab: the service is there again.") }
      round.failure = nil
      round.failures = 0
    } catch let error as ServiceError where error.mayPass {
      if round.failure == nil {
        workplace.output.mention("confab: \(error.message) Trying again until it works.")
      }
      round.failure = error
      round.failures += 1
    }
  }

  /// Reads one thread's newest page, and older ones as far as something may have been missed.
  private func read(
    _ id: ChatThreadID, _ round: inout Round, _ tell: (ChatNews, String) async -> Void
  ) async throws {
    do {
      let known = round.reading.readUpTo(in: id)
      var messages: [ChatMessage] = []
      var next: String?
      repeat {
        let page = try await workplace.chat.messages(in: id, startTime: nil, next: next)
        messages += page.values
        let reaches = (page.values.map(\.id.place).min() ?? 0) <= known
        next = reaches || page.nextLink == next ? nil : page.nextLink
      } while next != nil
      for news in round.reading.read(messages, in: id) { await say(news, &round, tell) }
    } catch let error as ServiceError where error.code == .forbidden || error.code == .notFound {
      let topic = round.reading.topic(of: id)
      for news in round.reading.refused(id) { await tell(news, topic) }
      guard only == nil else {
        throw CommandError(.notPermitted, "You are in the thread no longer, or it was deleted.")
      }
    }
  }

  private func say(
    _ news: ChatNews, _ round: inout Round, _ tell: (ChatNews, String) async -> Void
  ) async {
    round.lastNewsOn = workplace.clock.now
    await tell(news, round.reading.topic(of: news.thread))
  }

  private func pause(_ round: Round) -> Duration {
    if let failure = round.failure {
      let fraction = Double(workplace.random.next() >> 11) / Double(1 << 53)
      return BackOff.delay(
        after: failure, attempts: round.failures, isSlow: false, fraction: fraction)
        ?? ChatWatch.livePause
    }
    if round.isLive { return ChatWatch.livePause }
    let polling = workplace.configuration.polling
    guard let last = round.lastNewsOn else { return polling.open }
    let quiet = workplace.clock.now - last
    return quiet > ChatWatch.activeSpan ? max(polling.open, polling.idle / 3) : polling.open
  }

  /// Keeps the channel open, and says when it is not.
  private func listen(
    to events: any ChatEventChannel, _ post: AsyncStream<Input>.Continuation
  ) async {
    var attempts = 0
    while !Task.isCancelled {
      var failure = ServiceError(.unreachable, "The connection ended.")
      do {
        try await events.run { post.yield(.signal($0)) }
        attempts = 0
      } catch let error as ServiceError {
        failure = error
      } catch {}
      post.yield(.silent)
      if failure.code == .unsupported { return }
      attempts += 1
      let fraction = Double(workplace.random.next() >> 11) / Double(1 << 53)
      let pause =
        BackOff.delay(after: failure, attempts: attempts, isSlow: false, fraction: fraction)
        ?? ChatWatch.livePause
      try? await workplace.timer.wait(pause)
    }
  }
}

extension ServiceError {
  /// True for what may pass without anybody doing something.
  fileprivate var mayPass: Bool {
    ![.unauthenticated, .authFailed, .signInNeeded, .badSettings, .cancelled].contains(code)
  }
}
