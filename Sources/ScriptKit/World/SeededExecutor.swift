public import Services
import Synchronization

/// Runs the tasks of a world on the calling thread, in an order that chance decides and the seed repeats.
///
/// Nothing runs until somebody calls ``run(limit:)``; what tasks wait for comes from the world alone, so that after it
/// the world is settled.
public final class SeededExecutor: TaskExecutor {
  private let jobs = Mutex<[UnownedJob]>([])
  private let random: any RandomSource

  /// An executor whose order `random` decides.
  public init(random: any RandomSource) {
    self.random = random
  }

  /// Takes a job from the runtime.
  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
  }

  /// Runs jobs until none is left.
  ///
  /// - Parameter limit: How many at the most, so that a world in which work makes work for ever ends, too.
  /// - Returns: How many ran.
  @discardableResult
  public func run(limit: Int = 1_000_000) -> Int {
    var count = 0
    while let job = next() {
      precondition(count < limit, "a world does not settle")
      job.runSynchronously(on: asUnownedTaskExecutor())
      count += 1
    }
    return count
  }

  private func next() -> UnownedJob? {
    jobs.withLock { jobs in
      guard jobs.count > 1 else { return jobs.popLast() }
      return jobs.remove(at: Int(random.next() % UInt64(jobs.count)))
    }
  }
}
