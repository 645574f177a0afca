import ACSTypes

/// The requests of the last minute, as far as they are needed to tell whether another one is within its budget.
///
/// A refused request counts, too: who asks on and on without waiting is refused on and on (REALTIME 5).
struct BudgetTable {
  /// Whose requests a window counts, and by which rule.
  private struct Key: Hashable {
    let budget: RequestBudget
    let rule: RequestBudget.Rule
    let user: String?
    let thread: String?
  }

  /// The newest requests, as many as the rule lets through.
  private struct Window {
    var times: [Timestamp] = []
    /// Where the oldest is once all places are taken.
    var oldest = 0
    var newest = Timestamp.epoch

    mutating func add(_ now: Timestamp, keeping count: Int) {
      newest = now
      guard times.count == count else { return times.append(now) }
      times[oldest] = now
      oldest = (oldest + 1) % count
    }
  }

  /// How many windows are kept before those are dropped in which nothing happens any more.
  static let capacity = 10_000

  private var windows: [Key: Window] = [:]

  /// Counts a request.
  ///
  /// - Returns: How long to wait before the next one; `nil` when this one is within the budget.
  mutating func take(
    _ budget: RequestBudget, by user: String, in thread: String?, now: Timestamp
  ) -> Duration? {
    if windows.count >= BudgetTable.capacity {
      windows = windows.filter { $0.value.newest > now - .seconds(60) }
    }
    var wait: Duration?
    for rule in budget.rules {
      let key = Key(
        budget: budget, rule: rule, user: rule.scope == .thread ? nil : user,
        thread: rule.scope == .user ? nil : thread)
      var window = windows[key] ?? Window()
      let isFull =
        window.times.count == rule.count && window.times[window.oldest] > now - rule.window
      window.add(now, keeping: rule.count)
      windows[key] = window
      if isFull {
        wait = max(wait ?? .zero, window.times[window.oldest] + rule.window - now)
      }
    }
    return wait
  }

  /// How many windows are kept.
  var count: Int { windows.count }
}

extension Core {
  /// Refuses a request that exceeds its budget, when budgets are kept.
  ///
  /// - Throws: ``Refusal`` with status 429 and the seconds to wait.
  mutating func spend(
    _ budget: RequestBudget, by caller: ChatCaller, in thread: String?, now: Timestamp
  ) throws(Refusal) {
    guard rules.keepsRequestBudgets,
      let wait = budgets.take(budget, by: caller.identity.rawID, in: thread, now: now)
    else { return }
    let (seconds, rest) = wait.components
    var refusal = Refusal(
      429, "TooManyRequests", "Rate limit is exceeded. Try again later.",
      why: "--limits real keeps the service's request budgets; wait as Retry-After says.")
    refusal.retryAfter = max(1, seconds + (rest > 0 ? 1 : 0))
    throw refusal
  }

  /// The thread whose budget a request uses up: none that its sender is not in, for strangers could shut it otherwise.
  func budgetedThread(_ thread: String?, of caller: ChatCaller) throws -> String? {
    guard rules.keepsRequestBudgets, let thread,
      try store.participant(caller.identity.rawID, in: thread) != nil
    else { return nil }
    return thread
  }
}
