import ACSTypes
import BenchProgram
import Executor
import LocalStore

/// Times the opening of threads whose messages are on the disk: from the key to the frame that shows the messages.
///
/// In it are the key's way through the key map, the model, the task that reads the newest hundred messages out of SQLite, the
/// model's taking them in, and two frames of 120 by 40: the one right after the key, and the one with the messages. Each
/// round is a new client with a new connection to the file, which has read all threads; the terminal is not in it.
func opening(_ path: String, _ size: HistorySize, rounds: Int) async throws -> [Figure] {
  _ = try await filledStore(path, size)
  let executor = PosixExecutor(threads: 1, name: "tasks")
  var (long, short) = (Samples(), Samples())
  for _ in 0..<rounds {
    let client = StoredClient(try SQLiteHistoryStore(HistoryFile(path: path)), executor)
    defer { client.stop() }
    try client.start(threads: size.threads)
    // The list begins with the pinned thread and goes round: the oldest threads are above it.
    long.add(try client.open(threadID(0), with: "M-Up"))
    short.add(try client.open(threadID(1), with: "M-Up"))
  }
  return [
    Figure(
      "open a thread of \(size.long) messages, key to frame, median", long.median.inMilliseconds,
      "ms", atMost: 5, "99 of 100 within \(Figure.text(long.percentile(99).inMilliseconds))"),
    Figure(
      "open one of about \((size.messages - size.long) / max(1, size.threads - 1)), median",
      short.median.inMilliseconds, "ms", atMost: 5,
      "99 of 100 within \(Figure.text(short.percentile(99).inMilliseconds))"),
  ]
}
