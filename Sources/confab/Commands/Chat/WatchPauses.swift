/// Which of the pauses that were begun ends with a reading: one at a time, and a shorter one in place of a longer.
struct WatchPauses {
  /// At first a reading is due.
  private var current: (number: Int, length: Duration)? = (0, .zero)
  private var last = 0

  /// A pause of `length` is wanted.
  ///
  /// - Returns: Its number; `nil` when the one that runs ends soon enough.
  mutating func begin(_ length: Duration) -> Int? {
    if let current, current.length <= length { return nil }
    last += 1
    current = (last, length)
    return last
  }

  /// The pause of a number is over; the one before the first reading has number 0.
  ///
  /// - Returns: False when a shorter one has taken its place.
  mutating func ended(_ number: Int) -> Bool {
    guard current?.number == number else { return false }
    current = nil
    return true
  }
}
