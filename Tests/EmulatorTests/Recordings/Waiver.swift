import FoundationEssentials
import TestKit

/// A line of `waivers.txt`: exchanges that the emulator answers otherwise than recorded, with the reason.
struct Waiver: Hashable {
  let file: String
  let places: String
  let reason: String

  /// All lines of the file.
  static func all() throws -> [Waiver] {
    let path = #filePath.replacing("Waiver.swift", with: "waivers.txt")
    let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let parts = line.split(separator: "|").map { part in
        let part = part.drop { $0 == " " }
        return String(part.last == " " ? part.dropLast() : part)
      }
      guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else {
        throw Recordings.Unreadable(description: "waivers.txt: \(line)")
      }
      return Waiver(file: parts[0], places: parts[1], reason: parts[2])
    }
  }

  /// Whether the line is about the exchange at `place` of `file`.
  func fits(_ file: String, _ place: Int) -> Bool {
    let isFile =
      self.file.last == "*" ? file.hasPrefix(self.file.dropLast()) : file == self.file
    return isFile && places.split(separator: " ").contains("\(place)")
  }
}
