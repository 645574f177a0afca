import Executor

/// The executor of everything that takes real time.
enum RealExecutor {
  static let shared = PosixExecutor(threads: 4, name: "real")
}
