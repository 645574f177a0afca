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
      Recorded(set: "python-2021", files: 11, same: 31, waived: 60),
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
    let missing = missingHeaders(recorded, answer)
    guard missing.isEmpty else { return missing }
    guard !recorded.body.isEmpty else { return answer.body.isEmpty ? [] : ["a body"] }
    guard answer.status < 400 else {
      return answer.body == recorded.body ? [] : ["another error: \(answer.text)"]
    }
    guard let was = recorded.json, let json = try? JSONValue.parse(answer.body) else {
      return ["no JSON"]
    }
    return Shape.differences(recorded: was, answered: json)
  }

  /// Header fields that come from the service's front door, from the recorder, or from the server around the emulator.
  private static let others: Set<String> = [
    "date", "retry-after", "statuscode", "body", "strict-transport-security", "transfer-encoding",
    "content-length", "x-azure-ref", "x-cache", "x-processing-time",
  ]

  /// The service's header fields that an answer lacks or has otherwise.
  private func missingHeaders(_ recorded: RecordedExchange, _ answer: HTTPResponse) -> [String] {
    recorded.headers.fields.compactMap { field in
      let name = field.name.lowercased()
      guard !Self.others.contains(name) else { return nil }
      guard let ours = answer.headers[name] else { return "the header \(field.name) is missing" }
      let isSame =
        switch name {
        case "content-type": ours == field.value
        case "location": Self.steps(ours) == Self.steps(field.value)
        default: !ours.isEmpty
        }
      return isSame ? nil : "\(field.name): \(ours), recorded was \(field.value)"
    }
  }

  /// The words of an address: what it is about, without host and ids.
  private static func steps(_ address: String) -> [String] {
    let segments = address.split(separator: "/").dropFirst(2)
    return segments.map { $0.contains { "%0123456789".contains($0) } ? "…" : String($0) }
  }

  private static func place(_ file: String) -> Int {
    order.firstIndex { file.contains($0) } ?? order.count
  }
}
