import ACSClient
import ACSTypes
import ArgumentTable
import ClientRuntime
import Configuration
import Executor
import Services
import Synchronization

/// Follows threads until it is cancelled: by events where the service tells them, by reading else.
struct ChatWatch: Sendable {
  /// What wakes it.
  private enum Input: Sendable {
    case signal(ChatEventSignal)
    /// The channel ended.
    case silent
    /// The pause of this number is over.
    case due(Int)
  }

  /// Between two readings while events come: enough to notice that they do not.
  private static let livePause = Duration.seconds(60)
  /// How long after the last news readings are frequent.
  private static let activeSpan = Duration.seconds(300)

  let chat: any ChatService
  /// `nil` where there are none.
  let events: (any ChatEventChannel)?
  let polling: ClientConfiguration.Polling
  /// The thread that is followed; `nil` for all.
  let only: ChatThreadID?
  let clock: any WallClock
  let timer: any Timer
  let random: any RandomSource
  /// Tells the person that something failed for now, or works again.
  let mention: @Sendable (String) -> Void

  /// Tells news in their order; returns when cancelled.
  ///
  /// - Throws: `ServiceError` when only a person can go on.
  func run(
    _ reading: inout ThreadReading, tell: (ChatNews, String) async -> Void
  ) async throws {
    let (inputs, post) = AsyncStream<Input>.makeStream()
    post.yield(.due(0))
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
        case .due(let number):
          guard round.pauses.ended(number) else { continue }
        }
        try await read(&round, tell: tell)
        let pause = pause(round)
        guard let number = round.pauses.begin(pause) else { continue }
        group.addTask {
          try? await timer.wait(pause)
          post.yield(.due(number))
        }
      }
    }
  }

  /// What is known between two readings.
  private struct Round {
    var reading: ThreadReading
    var isLive = false
    var pauses = WatchPauses()
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
        let list = try await chat.threadList()
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
      if round.failure != nil { mention("confab: the service is there again.") }
      round.failure = nil
      round.failures = 0
    } catch let error as ServiceError where error.mayPass {
      if round.failure == nil {
        mention("confab: \(error.message) Trying again until it works.")
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
        let page = try await chat.messages(in: id, startTime: nil, next: next)
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
    round.lastNewsOn = clock.now
    await tell(news, round.reading.topic(of: news.thread))
  }

  private func pause(_ round: Round) -> Duration {
    if let failure = round.failure {
      let fraction = random.fraction()
      return BackOff.delay(
        after: failure, attempts: round.failures, isSlow: false, fraction: fraction)
        ?? ChatWatch.livePause
    }
    if round.isLive { return ChatWatch.livePause }
    guard let last = round.lastNewsOn else { return polling.open }
    let quiet = clock.now - last
    return quiet > ChatWatch.activeSpan ? max(polling.open, polling.idle / 3) : polling.open
  }

  /// Keeps the channel open, and says when it is not.
  private func listen(
    to events: any ChatEventChannel, _ post: AsyncStream<Input>.Continuation
  ) async {
    var attempts = 0
    while !Task.isCancelled {
      var failure = ServiceError(.unreachable, "The connection ended.")
      let wasConnected = Atomic(false)
      do {
        try await events.run { signal in
          if case .connected = signal { wasConnected.store(true, ordering: .relaxed) }
          post.yield(.signal(signal))
        }
      } catch let error as ServiceError {
        failure = error
      } catch {}
      post.yield(.silent)
      if failure.code == .unsupported { return }
      attempts = wasConnected.load(ordering: .relaxed) ? 1 : attempts + 1
      let fraction = random.fraction()
      let pause =
        BackOff.delay(after: failure, attempts: attempts, isSlow: false, fraction: fraction)
        ?? ChatWatch.livePause
      try? await timer.wait(pause)
    }
  }
}

extension ChatWatch {
  /// Follows the thread `only`, or all for `nil`, for the person at `workplace`.
  init(_ workplace: ChatWorkplace, only: ChatThreadID?) {
    let output = workplace.output
    self.init(
      chat: workplace.chat, events: workplace.events, polling: workplace.configuration.polling,
      only: only, clock: workplace.clock, timer: workplace.timer, random: workplace.random
    ) { output.mention($0) }
  }
}

extension ServiceError {
  /// True for what may pass without anybody doing something.
  fileprivate var mayPass: Bool {
    ![.unauthenticated, .authFailed, .signInNeeded, .badSettings, .cancelled].contains(code)
  }
}
