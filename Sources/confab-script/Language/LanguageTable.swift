import ACSWire
import ScriptKit

/// The tables of the language as one JSON value, for editors' completion and other programs.
struct LanguageTable {
  /// The value, and a line feed.
  let text: String

  init() {
    let object: JSONObject = [
      "version": .integer(Int64(Script.version)),
      "headings": .array(Heading.all.map { .object(LanguageTable.entry($0.name, $0.forms)) }),
      "verbs": .array(Verb.all.map(LanguageTable.verb)),
      "subjects": .array(Subject.all.map(LanguageTable.subject)),
      "events": .array(
        HappeningName.all.map { ["name": .string($0.name), "meaning": .string($0.meaning)] }
          .map(JSONValue.object)),
      "effects": .array(HappeningName.effects.map(JSONValue.string)),
      "state": .array(
        StateFacet.all.map { ["path": .string($0.path), "meaning": .string($0.meaning)] }
          .map(JSONValue.object)),
      "masks": .array(
        SnapshotMask.allCases.map {
          ["name": .string($0.rawValue), "meaning": .string($0.meaning)]
        }.map(JSONValue.object)),
      "emulatorFaults": .array(EmulatorFault.kinds.map(JSONValue.string)),
    ]
    text = PrettyJSON.text(.object(object)) + "\n"
  }

  private static func verb(_ verb: Verb) -> JSONValue {
    var object = entry(verb.name, verb.forms)
    object["by"] = .string("\(verb.actor)")
    if !verb.about.isEmpty { object["about"] = .string(verb.about) }
    return .object(object)
  }

  private static func subject(_ subject: Subject) -> JSONValue {
    var object = entry(subject.name, subject.forms)
    object["counted"] = .bool(subject.isCounted)
    object["outcome"] = .bool(subject.isOutcome)
    return .object(object)
  }

  private static func entry(_ name: String, _ forms: [Verb.Form]) -> JSONObject {
    [
      "name": .string(name),
      "forms": .array(
        forms.map { ["usage": .string($0.usage), "meaning": .string($0.meaning)] }
          .map(JSONValue.object)),
    ]
  }
}

/// JSON over several lines, for files that people read.
enum PrettyJSON {
  /// The text of a value, without a line feed at its end.
  static func text(_ value: JSONValue, indent: String = "") -> String {
    let inner = "\(indent)  "
    switch value {
    case .array(let values) where !values.isEmpty:
      let lines = values.map { inner + text($0, indent: inner) }
      return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
    case .object(let object) where !object.members.isEmpty:
      let lines = object.members.map {
        "\(inner)\(JSONValue.string($0.name).text): \(text($0.value, indent: inner))"
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    default: return value.text
    }
  }
}
