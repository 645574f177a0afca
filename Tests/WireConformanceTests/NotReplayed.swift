import FoundationEssentials
import TestKit

/// A line of `NotReplayed.txt`: exchanges that the clients cannot replay, with the reason.
struct NotReplayed: Hashable {
  let file: String
  let request: String
  let reason: String

  /// All lines of the file.
  static func all() throws -> [NotReplayed] {
    let path = #filePath.replacing("NotReplayed.swift", with: "NotReplayed.txt")
    let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let parts = line.split(separator: "|").map { part in
        let part = part.drop { $0 == " " }
        return String(part.last == " " ? part.dropLast() : part)
      }
      guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else {
        throw Recordings.Unreadable(description: "NotReplayed.txt: \(line)")
      }
      return NotReplayed(file: parts[0], request: parts[1], reason: parts[2])
    }
  }

  /// Whether the line is about `exchange`.
  func fits(_ exchange: RecordedExchange) -> Bool {
    [exchange.file, "*"].contains(file)
      && ["\(exchange.method) \(exchange.path)", "*"].contains(request)
  }
}
