import ACSTypes

/// What the service asked to be left alone for a while; each kind of reading has a limit of its own there (REALTIME 5).
struct ReadHolds: Hashable, Sendable {
  /// A kind of reading.
  enum Reading: Hashable, Sendable {
    /// The list of threads, and the properties of one.
    case threads
    /// The messages of a thread.
    case messages(ChatThreadID)
    /// The people of a thread.
    case people(ChatThreadID)
    /// How far the people of a thread have read.
    case receipts(ChatThreadID)
    /// No reading, but as little waited for: telling that the user types.
    case typing
  }

  /// Those that are over are forgotten when there are so many.
  private static let limit = 256

  private var problems: [Reading: Problem] = [:]

  /// True when nothing was asked, or all is over and answered.
  var isEmpty: Bool { problems.isEmpty }

  /// What is wrong with a kind of reading; `nil` when it may go.
  func problem(of reading: Reading, at now: Timestamp) -> Problem? {
    guard !problems.isEmpty, let problem = problems[reading], !problem.isDue(at: now) else {
      return nil
    }
    return problem
  }

  /// When a kind of reading may go again; `nil` when it may now.
  func end(of reading: Reading, at now: Timestamp) -> Timestamp? {
    problem(of: reading, at: now)?.retryOn
  }

  /// The service asked to be left alone.
  mutating func note(_ error: ServiceError, of reading: Reading, in turn: inout Turn) {
    if problems.count >= ReadHolds.limit {
      let now = turn.now
      problems = problems.filter { !$0.value.isDue(at: now) }
    }
    problems[reading] = .following(problems[reading], error, in: &turn)
  }

  /// The service answered.
  mutating func end(_ reading: Reading) {
    if !problems.isEmpty { problems[reading] = nil }
  }
}
