import TestKit

/// A line of `NotReplayed.txt`: exchanges that the clients cannot replay, with the reason.
struct NotReplayed: Hashable {
  let file: String
  let request: String
  let reason: String

  /// All lines of the file.
  static func all() throws -> [NotReplayed] {
    try Recordings.exceptions(in: "NotReplayed.txt", beside: #filePath).map { line in
      NotReplayed(file: line.what, request: line.which, reason: line.reason)
    }
  }

  /// Whether the line is about `exchange`.
  func fits(_ exchange: RecordedExchange) -> Bool {
    [exchange.file, "*"].contains(file)
      && ["\(exchange.method) \(exchange.path)", "*"].contains(request)
  }
}
