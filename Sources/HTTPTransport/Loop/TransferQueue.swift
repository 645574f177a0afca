import ACSTypes
import Services

/// Lets so many transfers to one origin run at a time; the others wait, which costs a few hundred bytes each, where a
/// connection of libcurl's with its buffers costs a hundred thousand.
struct TransferQueue {
  /// A transfer that did not begin yet.
  struct Wait {
    let number: UInt64
    let outgoing: OutgoingRequest
    let continuation: CheckedContinuation<HTTPResponse, any Error>
    /// When it came: its time runs while it waits, too.
    let arrival = ContinuousClock.now
  }

  /// Transfers to one origin at a time.
  static let limit = 64

  private struct Origin {
    var running = 0
    /// By arrival; those before `first` have begun or were cancelled.
    var waiting: [Wait?] = []
    var first = 0

    /// Keeps a line that never ends from growing without end.
    mutating func forgetBegun() {
      guard first >= 1024 else { return }
      waiting.removeFirst(first)
      first = 0
    }
  }

  private var origins: [String: Origin] = [:]
  /// Where those wait that can be cancelled.
  private var places: [UInt64: String] = [:]

  /// A transfer wants to begin.
  ///
  /// - Returns: Whether it may; else it waits.
  mutating func enters(_ wait: Wait) -> Bool {
    let name = wait.outgoing.origin.text
    guard (origins[name]?.running ?? 0) >= TransferQueue.limit else {
      origins[name, default: Origin()].running += 1
      return true
    }
    origins[name]?.waiting.append(wait)
    places[wait.number] = name
    return false
  }

  /// A transfer to `name` is over.
  ///
  /// - Returns: The one that begins in its place.
  mutating func next(after name: String) -> Wait? {
    while let first = origins[name]?.first, let count = origins[name]?.waiting.count, first < count
    {
      let wait = origins[name]?.waiting[first]
      origins[name]?.waiting[first] = nil
      origins[name]?.first += 1
      if let wait = wait ?? nil {
        places[wait.number] = nil
        origins[name]?.forgetBegun()
        return wait
      }
    }
    origins[name]?.waiting = []
    origins[name]?.first = 0
    origins[name]?.running -= 1
    if origins[name]?.running == 0 { origins[name] = nil }
    return nil
  }

  /// Takes out one that waits; `nil` when it does not.
  mutating func remove(_ number: UInt64) -> Wait? {
    guard let name = places.removeValue(forKey: number), let origin = origins[name],
      let index = origin.waiting.firstIndex(where: { $0?.number == number })
    else { return nil }
    let wait = origin.waiting[index]
    origins[name]?.waiting[index] = nil
    return wait
  }

  /// Takes out all that wait.
  mutating func removeAll() -> [Wait] {
    let all = origins.values.flatMap { $0.waiting.compactMap { $0 } }
    for name in origins.keys { origins[name]?.waiting = [] }
    places = [:]
    return all
  }
}
