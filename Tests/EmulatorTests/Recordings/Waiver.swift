import TestKit

/// A line of `waivers.txt`: exchanges that the emulator answers otherwise than recorded, with the reason.
struct Waiver: Hashable {
  let file: String
  let places: String
  let reason: String

  /// All lines of the file.
  static func all() throws -> [Waiver] {
    try Recordings.exceptions(in: "waivers.txt", beside: #filePath).map { line in
      Waiver(file: line.what, places: line.which, reason: line.reason)
    }
  }

  /// Whether the line is about the exchange at `place` of `file`.
  func fits(_ file: String, _ place: Int) -> Bool {
    let isFile =
      self.file.last == "*" ? file.hasPrefix(self.file.dropLast()) : file == self.file
    return isFile && places.split(separator: " ").contains("\(place)")
  }
}
