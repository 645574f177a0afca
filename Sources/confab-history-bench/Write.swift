import ACSTypes
import BenchProgram
import Glibc
import LocalStore

/// Saves without end and prints the number of each save when it is safe.
///
/// Save n brings ten messages `save-n word` and a record of the outbox, settles the record before, and deletes the first
/// message of the save before.
func write(to path: String, from first: Int) async throws {
  let store = try SQLiteHistoryStore(HistoryFile(path: path))
  for number in first..<Int.max {
    func message(_ save: Int, _ place: Int) -> ChatMessage {
      confab_history_bench.message(
        1_700_000_000_000 + Int64(save * 10 + place) * 1000, "save\(save) word\(place)", by: place)
    }
    var deleted = message(number - 1, 0)
    deleted.deletedOn = deleted.createdOn
    var changes: [HistoryChange] = [
      .messages(threadID(number % 7), (0..<10).map { message(number, $0) }),
      .outbox(
        OutboxRecord(
          clientID: "wish-\(number)", thread: threadID(0), intent: .send(text: "wish \(number)"),
          writtenOn: Timestamp(seconds: Int64(number)))),
    ]
    if number > 0 {
      changes += [
        .outboxSettled(clientID: "wish-\(number - 1)"),
        .messages(threadID((number - 1) % 7), [deleted]),
      ]
    }
    try await store.save(changes)
    BenchProgram.say("\(number)")
  }
}

/// Forbids this process files of more than `size` KiB; what it writes beyond fails as on a full disk.
func limitFiles(to size: Int) {
  signal(SIGXFSZ, SIG_IGN)
  var limit = rlimit(rlim_cur: rlim_t(size) << 10, rlim_max: rlim_t(size) << 10)
  setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
}
