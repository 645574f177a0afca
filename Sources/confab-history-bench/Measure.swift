import ACSTypes
import BenchProgram
import Glibc
import LocalStore

/// What is in a file of history that is measured.
struct HistorySize: Sendable {
  var messages: Int
  var threads: Int
  /// Messages of the longest thread, which is the one with number 0.
  var long: Int
}

/// Opens the file at `path`, filled first when it is new.
func filledStore(_ path: String, _ size: HistorySize) async throws -> SQLiteHistoryStore {
  let store = try SQLiteHistoryStore(HistoryFile(path: path))
  guard try await store.load(firstThreads: 1).threads.isEmpty else { return store }
  let took = try await ContinuousClock().measure { try await fill(store, size) }
  var status = stat()
  stat(path, &status)
  BenchProgram.say("filled in \(took.components.seconds) s, \(status.st_size >> 20) MiB on disk")
  return store
}

/// Times what a client does with the file at `path`.
func measure(_ path: String, _ size: HistorySize, rounds: Int) async throws -> [Figure] {
  let store = try await filledStore(path, size)
  var figures = StoreFigures(rounds: rounds)
  // Kept open: closing the last one tidies up the file.
  var opened: [SQLiteHistoryStore] = []
  try await figures.time("open and load the first 50 threads") {
    let store = try SQLiteHistoryStore(HistoryFile(path: path))
    opened.append(store)
    return "\(try await store.load(firstThreads: 50).threads.count) threads"
  }
  opened = []
  try await figures.time("load all threads", atMost: 30) {
    "\(try await store.load().threads.count) threads"
  }
  try await figures.time("newest page of the longest thread", atMost: 5) {
    "\(try await store.messages(in: threadID(0), before: nil, limit: 100).count) messages"
  }
  try await search(store, &figures)
  try await save(store, &figures)
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  BenchProgram.say("\(usage.ru_maxrss >> 10) MiB of memory at the most")
  return figures.all
}

private func search(_ store: SQLiteHistoryStore, _ figures: inout StoreFigures) async throws {
  let searches: [(String, Int?)] = [
    ("the", nil), ("t", nil), ("e", nil), ("mes", nil), ("messa", nil), ("message", nil),
    ("the hello", nil), ("the nothinglikethis", nil), ("e nothinglikethis", nil),
    ("nothinglikethis e", nil), ("zz", nil), ("the", 0), ("t", 0), ("the", 77), ("t", 77),
    ("hello t", 77),
  ]
  for (text, thread) in searches {
    let place = thread.map { " in thread \($0)" } ?? ""
    try await figures.time("search '\(text)'\(place)", atMost: 50) {
      let hits = try await store.search(text, in: thread.map(threadID), before: nil, limit: 50)
      return "\(hits.count) hits"
    }
  }
}

private func save(_ store: SQLiteHistoryStore, _ figures: inout StoreFigures) async throws {
  var made = MadeUpText(seed: 2)
  var place: Int64 = 2_000_000_000_000
  try await figures.time("save a message") {
    place += 1
    try await store.save([.messages(threadID(3), [message(place, made.sentence(), by: 3)])])
    return "1"
  }
  var version = place
  try await figures.time("edit a message") {
    var edit = message(place, made.sentence(), by: 3)
    version += 1
    edit.version = version
    try await store.save([.messages(threadID(3), [edit])])
    return "1"
  }
  try await figures.time("delete a message") {
    var deleted = message(place, "", by: 3)
    deleted.version += 10_000_000_000
    deleted.deletedOn = deleted.createdOn
    try await store.save([.messages(threadID(3), [deleted])])
    place -= 1
    return "1"
  }
}
