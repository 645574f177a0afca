/// Times of one kind, in milliseconds.
struct Samples: Sendable {
  private(set) var values: [Double] = []

  mutating func add(_ duration: Duration) {
    values.append(duration.milliseconds)
  }

  var median: Double { percentile(50) }

  /// The smallest value that `percent` of all are not above; 0 without values.
  func percentile(_ percent: Int) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    return sorted[min(sorted.count - 1, (sorted.count * percent + 99) / 100 - 1)]
  }
}
