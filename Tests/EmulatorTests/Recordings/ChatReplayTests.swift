import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

@Suite(
  "Replay of Chat against the emulator",
  .enabled(if: Recordings.areThere, "../shared/acs/recordings is absent"))
struct ChatReplayTests {
  /// One set of recordings, and how much there must be of it.
  struct Recorded: Sendable, CustomTestStringConvertible {
    let set: String
    let files: Int
    let same: Int
    let waived: Int
    var testDescription: String { self.set }
  }

  /// In which order the recordings of JavaScript's suite were made: they share one thread.
  private static let order = [
    "intializes", "initializes", "sends_a_message", "lists_messages", "sends_read_receipt",
    "deletes_a_message", "adds_participants", "lists_participants", "remove_a_participant",
    "sends_typing", "deletes_a_thread",
  ]

  @Test(
    "the emulator answers as recorded: status, shape of the body, errors to the letter",
    arguments: [
      Recorded(set: "js-2023", files: 9, same: 12, waived: 0),
      Recorded(set: "js-2021", files: 10, same: 13, waived: 0),
      Recorded(set: "android", files: 50, same: 188, waived: 1),
      Recorded(set: "ios", files: 4, same: 6, waived: 0),
      Recorded(set: "python-2021", files: 11, same: 0, waived: 91),
    ])
  func replay(recorded: Recorded) throws {
    let exchanges = try Recordings.exchanges(set: recorded.set, service: "chat")
    let waivers = try Waiver.all()
    var files = Dictionary(grouping: exchanges, by: \.file).sorted { $0.key < $1.key }
    if recorded.set.hasPrefix("js") {
      files.sort { ChatReplayTests.place($0.key) < ChatReplayTests.place($1.key) }
    }
    var replay = try ChatReplay()
    var same = 0
    var waived = 0
    var needed: Set<Waiver> = []
    for (file, exchanges) in files {
      // Each of the others stands alone.
      if !recorded.set.hasPrefix("js") { replay = try ChatReplay() }
      try replay.prepare(exchanges)
      var report: [String] = []
      for (place, exchange) in exchanges.enumerated() {
        let answer = try replay.answer(to: exchange)
        let differences = differences(exchange, answer)
        let waiver = waivers.first { $0.fits(file, place) }
        if let waiver {
          waived += 1
          if !differences.isEmpty { needed.insert(waiver) }
        } else {
          if differences.isEmpty { same += 1 }
          #expect(differences.isEmpty, "\(file) \(place): \(exchange.method) \(exchange.target)")
        }
        report += differences.map { "  \(place) \(waiver == nil ? "" : "(waived) ")\($0)" }
      }
      print("\(file): \(exchanges.count) exchanges\(report.isEmpty ? ", as recorded" : "")")
      for line in report { print(line) }
    }
    #expect(files.count == recorded.files)
    #expect(same == recorded.same)
    #expect(waived == recorded.waived)
    let own = waivers.filter { $0.file.hasPrefix(recorded.set) }
    #expect(needed == Set(own), "a waiver is about nothing, or not needed")
  }

  /// In what an answer differs from the recorded one.
  private func differences(_ recorded: RecordedExchange, _ answer: HTTPResponse) -> [String] {
    guard answer.status == recorded.status else {
      let why = answer.headers["X-Confab-Why"] ?? answer.text
      return ["status \(answer.status), recorded was \(recorded.status): \(why)"]
    }
    guard !recorded.body.isEmpty else { return answer.body.isEmpty ? [] : ["a body"] }
    guard answer.status < 400 else {
      return answer.body == recorded.body ? [] : ["another error: \(answer.text)"]
    }
    guard let was = recorded.json, let json = try? JSONValue.parse(answer.body) else {
      return ["no JSON"]
    }
    return Shape.differences(recorded: was, answered: json)
  }

  private static func place(_ file: String) -> Int {
    order.firstIndex { file.contains($0) } ?? order.count
  }
}
