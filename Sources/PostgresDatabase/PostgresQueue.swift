import Services

/// What is to be done on whichever connection is free first.
struct PostgresQueue {
  /// After the pool is gone; what is queued then is still done.
  var isStopping = false
  var jobs = Fifo<PostgresJob>()

  /// What a thread does next.
  ///
  /// - Returns: `nil` to wait; `.some(nil)` to end.
  mutating func next() -> PostgresJob?? {
    if let job = jobs.popFirst() { return .some(job) }
    return isStopping ? .some(nil) : nil
  }
}

/// One thing to do.
struct PostgresJob: Sendable {
  /// When to give up trying.
  var deadline: Duration
  /// Does it and tells who waits; tells nobody when it throws.
  var perform: @Sendable (PostgresConnection) throws(StoreError) -> Void
  /// Tells who waits that it did not come about.
  var fail: @Sendable (StoreError) -> Void
}

/// Values in the order of their arrival.
struct Fifo<Element> {
  private var elements: [Element?] = []
  /// The place of the first one; those before it are gone.
  private var first = 0

  mutating func append(_ element: Element) {
    elements.append(element)
  }

  mutating func popFirst() -> Element? {
    guard first < elements.count else { return nil }
    let element = elements[first]
    // Lets go of it at once.
    elements[first] = nil
    first += 1
    if first == elements.count {
      elements.removeAll(keepingCapacity: true)
      first = 0
    } else if first >= 1024 {
      elements.removeFirst(first)
      first = 0
    }
    return element
  }
}
