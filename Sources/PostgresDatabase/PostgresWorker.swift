import Executor
import Services

/// One thread of a pool, with its connection.
struct PostgresWorker {
  /// How long a thread waits before it tries again.
  private static let pause = Duration.milliseconds(100)

  let address: PostgresAddress
  let queue: Signal<PostgresQueue>

  /// Works until the pool is gone.
  func run() {
    var connection: PostgresConnection?
    while let job = queue.wait({ $0.next() }) {
      perform(job, &connection)
    }
  }

  /// Does `job`, on a new connection when the old one is of no use, until its deadline.
  private func perform(_ job: PostgresJob, _ connection: inout PostgresConnection?) {
    guard Monotonic.now < job.deadline else {
      job.fail(StoreError(.unavailable, "\(address.place) is too busy, or does not answer."))
      return
    }
    while true {
      do throws(StoreError) {
        if connection?.isAlive != true { connection = nil }
        let open: PostgresConnection
        if let connection {
          open = connection
        } else {
          open = try PostgresConnection(address)
          connection = open
        }
        return try job.perform(open)
      } catch {
        let isOver = Monotonic.now + PostgresWorker.pause >= job.deadline
        guard error.code == .unavailable, !isOver, !isStopping(after: PostgresWorker.pause) else {
          return job.fail(error)
        }
      }
    }
  }

  /// Waits; ends early when the pool is gone.
  private func isStopping(after pause: Duration) -> Bool {
    queue.wait(upTo: pause) { $0.isStopping ? () : nil } != nil
  }
}
