import ACSTypes
import ACSWire
import ClientModel
import EventLog
import FoundationEssentials
import TestKit
import Testing

@Suite("The form of a log")
struct FormTests {
  /// Texts are names of members there, and no part of the form.
  private static let dictionaries: Set<String> = ["metadata", "contacts"]

  @Test(
    "has its number: whatever changes what a line may hold raises it",
    arguments: 1...2 as ClosedRange<UInt64>)
  func numbered(seed: UInt64) throws {
    let found = forms(seed).sorted().joined(separator: "\n") + "\n"
    let form = EventLogHeader.currentForm
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Forms/form-\(form).txt")
    guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
      try Data(found.utf8).write(to: file)
      Issue.record("form-\(form).txt was missing and is written now; remove those before it")
      return
    }
    let difference = Set(found.split(separator: "\n"))
      .symmetricDifference(expected.split(separator: "\n"))
    #expect(
      difference.isEmpty,
      "another form, so raise EventLogHeader.currentForm: \(difference.sorted().prefix(9))")
  }

  @Test("is told before anything else of a log of another form is looked at")
  func other() {
    let log = #"{"confab":"0.1.0","eventLog":1,"viewport":"wide"}"# + "\n"
    let error = #expect(throws: EventLogError.self) { try Replay(Array(log.utf8)) }
    #expect(error?.code == .otherForm)
  }

  /// The last two names on the way to each value that a line may hold, and of which kind it is, as chance finds them.
  ///
  /// The whole ways would be many, and some of them so rare that chance does not find them each time.
  private func forms(_ seed: UInt64) -> Set<String> {
    let state = RandomEvents.client()
    var events = RandomEvents(seed: seed)
    var writer = EventLogWriter(redaction: .tokens)
    var kinds: Set<EventKind> = []
    var forms: Set<String> = []
    var header = state
    header.settings.retention = .seconds(1)
    Self.gather(writer.header(header, program: "test"), "header", &forms)
    for _ in 0..<3000 {
      let occurrence = events.next(for: state)
      kinds.insert(EventKind(occurrence.event))
      Self.gather(writer.line(occurrence, in: state), "", &forms)
    }
    #expect(kinds.count == EventKind.allCases.count)
    return Set(
      forms.map { way in
        way.split(separator: ".").suffix(2).joined(separator: ".")
      })
  }

  private static func gather(_ line: [UInt8], _ path: String, _ forms: inout Set<String>) {
    guard let value = try? JSONValue.parse(line) else {
      Issue.record("\(path): a line that is no JSON")
      return
    }
    gather(value, path, &forms)
  }

  private static func gather(_ value: JSONValue, _ path: String, _ forms: inout Set<String>) {
    switch value {
    case .array(let values):
      if values.isEmpty { forms.insert("\(path)[]") }
      for value in values { gather(value, "\(path)[]", &forms) }
    case .object(let object):
      if object.members.isEmpty { forms.insert("\(path){}") }
      let isDictionary = dictionaries.contains { path.hasSuffix(".\($0)") }
      for member in object.members {
        gather(member.value, "\(path).\(isDictionary ? "*" : member.name)", &forms)
      }
    case .string: forms.insert("\(path) text")
    case .bool: forms.insert("\(path) flag")
    case .null: forms.insert("\(path) null")
    default: forms.insert("\(path) number")
    }
  }
}
