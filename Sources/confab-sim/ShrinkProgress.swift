import Glibc

/// Says on standard error, every few seconds, how far the search for the fewest steps is, and ends it in time.
final class ShrinkProgress {
  /// How often it says something.
  private static let pause = Duration.seconds(3)

  private let seed: UInt64
  private let end: ContinuousClock.Instant
  private var next: ContinuousClock.Instant

  init(seed: UInt64, seconds: Int) {
    self.seed = seed
    end = .now + .seconds(seconds)
    next = .now + ShrinkProgress.pause
  }

  /// A run of `steps` steps comes next; false when the time is up.
  func goesOn(_ steps: Int, _ runs: Int) -> Bool {
    let now = ContinuousClock.now
    if now >= next {
      next = now + ShrinkProgress.pause
      SimProgram.say(
        "seed \(seed): failed; looking for the fewest steps, trying \(steps), run \(runs + 1)",
        to: STDERR_FILENO)
    }
    return now < end
  }
}
