/// Runs tasks on POSIX threads of its own, which sleep until there is work.
///
/// A task takes it by `Task(executorPreference:)`; child tasks and default actors follow.
public final class PosixExecutor: TaskExecutor {
  private let queue = Signal(JobQueue())
  private let name: String

  /// Starts the threads.
  ///
  /// They live until ``stop()``, and keep the executor alive.
  ///
  /// - Parameters:
  ///   - threads: How many jobs run at the same time; 1 gives a serial executor.
  ///   - name: The threads' name, at most 15 bytes.
  public init(threads: Int, name: String) {
    precondition(threads > 0, "an executor needs a thread, not \(threads)")
    self.name = name
    queue.change { $0.running = threads }
    for _ in 0..<threads {
      PosixThread(name: name) { self.work() }.detach()
    }
  }

  /// Takes a job from the runtime.
  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.changeOne { $0.append(job) }
  }

  /// Runs what is queued, ends the threads and waits for them.
  ///
  /// A task that is suspended then never goes on, so end all tasks first. Never call it from one of its tasks.
  public func stop() {
    queue.change { $0.isStopping = true }
    queue.wait { $0.running == 0 ? () : nil }
  }

  /// Runs `operation` as a task of this executor while the calling thread waits for its end.
  ///
  /// For the main thread of a program. Never call it from a task.
  public func run<Success: Sendable>(
    _ operation: @escaping @Sendable () async -> Success
  ) -> Success {
    let outcome = Signal<Success?>(nil)
    Task(executorPreference: self) {
      let success = await operation()
      outcome.change { $0 = success }
    }
    return outcome.wait { $0 }
  }

  private func work() {
    let executor = asUnownedTaskExecutor()
    while let job = queue.wait({ $0.next() }) {
      job.runSynchronously(on: executor)
    }
    queue.change { $0.running -= 1 }
  }
}

/// Jobs in the order of their arrival.
private struct JobQueue {
  /// Threads that have not ended.
  var running = 0
  /// After ``PosixExecutor/stop()``.
  var isStopping = false
  private var jobs: [UnownedJob] = []
  /// The place of the first job in `jobs`; those before it have run.
  private var first = 0

  mutating func append(_ job: UnownedJob) {
    jobs.append(job)
  }

  /// What a thread does next.
  ///
  /// - Returns: `nil` to wait; `.some(nil)` to end.
  mutating func next() -> UnownedJob?? {
    guard first < jobs.count else { return isStopping ? .some(nil) : nil }
    let job = jobs[first]
    first += 1
    if first == jobs.count {
      jobs.removeAll(keepingCapacity: true)
      first = 0
    } else if first >= 1024 {
      jobs.removeFirst(first)
      first = 0
    }
    return .some(job)
  }
}
