import ACSWire
import Glibc

/// The client, on the demo's own terminal.
struct ClientProcess {
  /// How long it may take to leave after it was told to.
  private static let leavingLimit = Duration.seconds(5)

  private let child: ChildProcess
  private let watch: Watch

  /// Starts the client with its config file in memory.
  init(
    configuration: String, arguments: [String], watch: Watch
  ) throws(DemoError) {
    let file = try MemoryFile(name: "confab-config")
    defer { file.close() }
    try file.write(configuration)
    child = try ChildProcess(
      ChildProcess.Start(
        name: "confab", arguments: ["--config", file.path] + arguments, inherited: file.number),
      mask: watch.mask)
    self.watch = watch
  }

  /// Waits until it has ended, and passes on what is told to this program meanwhile.
  ///
  /// - Returns: Its exit code.
  func run() -> Int32 {
    while true {
      let news = watch.wait { interruption in
        self.news() ?? interruption.map(News.interrupted)
      }
      switch news {
      case .ended(let code):
        return code
      case .stopped:
        // The shell must see its job stopped, and continues the job's leader.
        raise(SIGSTOP)
        child.resume()
      case .interrupted(let signal):
        child.send(signal)
        return leave()
      }
    }
  }

  /// Waits for its end, and insists when that takes too long.
  private func leave() -> Int32 {
    let code = watch.wait(upTo: Self.leavingLimit) { _ in child.code }
    if let code { return code }
    child.send(SIGKILL)
    return watch.wait { _ in child.code }
  }

  private func news() -> News? {
    if let code = child.code { return .ended(code) }
    return child.isStopped ? .stopped : nil
  }

  private enum News {
    case ended(Int32)
    case stopped
    case interrupted(Int32)
  }
}
