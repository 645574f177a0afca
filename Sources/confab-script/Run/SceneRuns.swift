import Executor

/// Does jobs on some threads, and gives the results in the order of the jobs.
struct SceneRuns<Job: Sendable, Outcome: Sendable> {
  private struct State {
    var next = 0
    var outcomes: [Int: Outcome] = [:]
  }

  let jobs: [Job]
  let threads: Int
  let play: @Sendable (Job) -> Outcome

  /// Calls `body` with each outcome as soon as it and all before it are there.
  func forEach(_ body: (Job, Outcome) -> Void) {
    let state = Signal(State())
    let threads = (0..<min(threads, jobs.count)).map { _ in
      PosixThread(name: "scene") { [jobs, play] in
        while let number = state.withLock({ state -> Int? in
          guard state.next < jobs.count else { return nil }
          defer { state.next += 1 }
          return state.next
        }) {
          let outcome = play(jobs[number])
          state.change { $0.outcomes[number] = outcome }
        }
      }
    }
    for (number, job) in jobs.enumerated() {
      body(job, state.wait { $0.outcomes.removeValue(forKey: number) })
    }
    for thread in threads { thread.join() }
  }
}
