import ACSTypes
import Glibc
import LocalStore

/// Times in milliseconds of one thing: the first time in this process, the median and the slowest of the others.
private func report(_ name: String, rounds: Int, _ body: () async throws -> String) async throws {
  let clock = ContinuousClock()
  var times: [Double] = []
  var said = ""
  for _ in 0...rounds {
    let start = clock.now
    said = try await body()
    let took = (clock.now - start).components
    times.append(Double(took.seconds) * 1000 + Double(took.attoseconds) / 1e15)
  }
  let others = times.dropFirst().sorted()
  func text(_ time: Double?) -> String { String((Int((time ?? 0) * 100))) }
  func shown(_ time: Double?) -> String {
    let digits = text(time)
    let padded = String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits
    return "\(padded.dropLast(2)).\(padded.suffix(2))"
  }
  say(
    "\(name): first \(shown(times.first)) ms, median \(shown(others[others.count / 2])), "
      + "most \(shown(others.last)) (\(said))")
}

/// Times what a client does with the file at `path`.
func measure(_ path: String, messages: Int, threads: Int, long: Int, rounds: Int) async throws {
  let file = HistoryFile(path: path)
  do {
    let store = try SQLiteHistoryStore(file)
    if try await store.load(firstThreads: 1).threads.isEmpty {
      let clock = ContinuousClock()
      let took = try await clock.measure {
        try await fill(store, messages: messages, threads: threads, long: long)
      }
      say("filled in \(took.components.seconds) s")
    }
  }
  var status = stat()
  stat(path, &status)
  say("\(status.st_size >> 20) MiB on disk")
  // Kept open: closing the last one tidies up the file.
  var opened: [SQLiteHistoryStore] = []
  try await report("open and load the first 50 threads", rounds: rounds) {
    let store = try SQLiteHistoryStore(file)
    opened.append(store)
    return "\(try await store.load(firstThreads: 50).threads.count) threads"
  }
  opened = []
  let store = try SQLiteHistoryStore(file)
  try await report("load all threads", rounds: rounds) {
    "\(try await store.load().threads.count) threads"
  }
  try await report("newest page of the longest thread", rounds: rounds) {
    "\(try await store.messages(in: threadID(0), before: nil, limit: 100).count) messages"
  }
  let searches: [(String, Int?)] = [
    ("the", nil), ("t", nil), ("e", nil), ("mes", nil), ("messa", nil), ("message", nil),
    ("the hello", nil), ("the nothinglikethis", nil), ("e nothinglikethis", nil),
    ("nothinglikethis e", nil), ("zz", nil), ("the", 0), ("t", 0), ("the", 77), ("t", 77),
    ("hello t", 77),
  ]
  for (text, thread) in searches {
    try await report("search '\(text)'\(thread.map { " in thread \($0)" } ?? "")", rounds: rounds) {
      let hits = try await store.search(text, in: thread.map(threadID), before: nil, limit: 50)
      return "\(hits.count) hits"
    }
  }
  var made = MadeUpText(seed: 2)
  var place: Int64 = 2_000_000_000_000
  try await report("save a message", rounds: rounds) {
    place += 1
    try await store.save([.messages(threadID(3), [message(place, made.sentence(), by: 3)])])
    return "1"
  }
  var version = place
  try await report("edit a message", rounds: rounds) {
    var edit = message(place, made.sentence(), by: 3)
    version += 1
    edit.version = version
    try await store.save([.messages(threadID(3), [edit])])
    return "1"
  }
  try await report("delete a message", rounds: rounds) {
    var deleted = message(place, "", by: 3)
    deleted.version += 10_000_000_000
    deleted.deletedOn = deleted.createdOn
    try await store.save([.messages(threadID(3), [deleted])])
    place -= 1
    return "1"
  }
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  say("\(usage.ru_maxrss >> 10) MiB of memory at the most")
}
