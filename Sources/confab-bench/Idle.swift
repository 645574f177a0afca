import FoundationEssentials
import Glibc

/// What a program has used so far, over all of its threads.
struct Usage: Sendable {
  /// Time on a processor, in nanoseconds.
  var nanoseconds: Int64 = 0
  /// Times that a thread went to sleep of its own accord, and so was woken.
  var wakeUps = 0
  /// The most memory it held, in KiB.
  var peakMemory = 0

  /// Reads what the kernel knows; zero for a process that is gone.
  init(of pid: pid_t) {
    let process = "/proc/\(pid)"
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: process + "/task")) ?? []
    for thread in threads {
      let task = "\(process)/task/\(thread)"
      let words = Self.text(task + "/schedstat").split(separator: " ")
      nanoseconds += words.first.flatMap { Int64($0) } ?? 0
      wakeUps += Self.field("voluntary_ctxt_switches", in: task + "/status")
    }
    peakMemory = Self.field("VmHWM", in: process + "/status")
  }

  private init() {}

  static func - (later: Usage, earlier: Usage) -> Usage {
    var difference = Usage()
    difference.nanoseconds = later.nanoseconds - earlier.nanoseconds
    difference.wakeUps = later.wakeUps - earlier.wakeUps
    difference.peakMemory = later.peakMemory
    return difference
  }

  private static func field(_ name: String, in path: String) -> Int {
    for line in text(path).split(separator: "\n") where line.hasPrefix(name + ":") {
      return Int(line.dropFirst(name.count + 1).filter(\.isNumber)) ?? 0
    }
    return 0
  }

  private static func text(_ path: String) -> String {
    guard let data = FileManager.default.contents(atPath: path) else { return "" }
    return String(decoding: data, as: UTF8.self)
  }
}

/// What each program uses while nobody touches it, all at the same time.
func idle(of programs: [Program], for duration: Duration) throws -> [Usage] {
  let runs = try programs.map { program in
    let run = try Run(program)
    try run.await(program.readyText, within: .seconds(20), of: program)
    return run
  }
  // What follows the first screen, such as a first sync, is not idling yet.
  pass(.seconds(3), runs)
  let before = runs.map { Usage(of: $0.pid) }
  pass(duration, runs)
  let after = runs.map { Usage(of: $0.pid) }
  runs.forEach { $0.end() }
  return zip(after, before).map { $0 - $1 }
}

/// Lets time pass; output is read, so that no program waits for its terminal.
private func pass(_ duration: Duration, _ runs: [Run]) {
  let end = ContinuousClock.now + duration
  while ContinuousClock.now < end {
    let slice = min(.milliseconds(100), max(.zero, end - .now))
    for run in runs { _ = run.read(within: slice / runs.count) }
  }
}
