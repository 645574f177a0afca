import BenchProgram

/// Figures of things that are done several times.
struct StoreFigures {
  private(set) var all: [Figure] = []
  private let rounds: Int

  /// No figures yet; each thing is done once, and then `rounds` times.
  init(rounds: Int) {
    self.rounds = rounds
  }

  /// Adds the median of how long `body` takes, the first time aside; no more than `limit` milliseconds are wanted.
  mutating func time(
    _ name: String, atMost limit: Double? = nil, _ body: () async throws -> String
  ) async throws {
    let clock = ContinuousClock()
    var first = Duration.zero
    var others = Samples()
    var said = ""
    for turn in 0...rounds {
      let start = clock.now
      said = try await body()
      let took = clock.now - start
      if turn == 0 { first = took } else { others.add(took) }
    }
    all.append(
      Figure(
        name, others.median.inMilliseconds, "ms", atMost: limit,
        "\(said), first time \(Figure.text(first.inMilliseconds)), most "
          + Figure.text(others.percentile(100).inMilliseconds)))
  }
}
