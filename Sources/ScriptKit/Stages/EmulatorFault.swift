public import ACSTypes
import ACSWire
public import Emulator

/// Something that the emulator does wrong of its own accord; docs/emulator.md tells what there is.
public struct EmulatorFault: Hashable, Sendable {
  /// What it is.
  public var kind: FaultKind
  /// How late, how long, or how wrong.
  public var time: Duration?
  /// With which events only, by their number.
  public var event: Int?
  /// With whose only.
  public var person: String?
  /// How many times; once for `nil`, or for ever where it happens at once.
  public var count: Int?

  /// The names that there are: `altered-duplicate`.
  public static let kinds = FaultKind.allCases.map(\.rawValue)

  /// The body of a request to the administration; `identity` is that of the person.
  public func body(identity: CommunicationIdentifier?) -> String {
    var object: JSONObject = ["kind": .string(kind.rawValue)]
    if let time { object["milliseconds"] = .integer(time.wholeMilliseconds) }
    if let event { object["event"] = .integer(Int64(event)) }
    if let identity { object["user"] = .string(identity.rawID) }
    if let count { object["next"] = .integer(Int64(count)) }
    return JSONValue.object(object).text
  }

  /// Why the emulator refused one, of the body of its answer.
  public static func refusal(_ body: [UInt8]) -> String {
    let message = (try? JSONValue(bytes: body))?["error"]?["message"]?.string
    return "the emulator refuses: \(message ?? String(decoding: body, as: UTF8.self))"
  }
}

extension EmulatorFault {
  init(_ words: inout Words) throws(ScriptError) {
    let name = try words.word("what the emulator does wrong", of: EmulatorFault.kinds)
    guard let kind = FaultKind(rawValue: name) else { preconditionFailure("\(name) is a kind") }
    self.init(kind: kind)
    let parts = EmulatorFault.parts(of: kind)
    while !words.isAtEnd {
      if parts.contains("by"), try words.takesOnce("by", unless: time != nil) {
        time = try words.duration("a length of time")
      } else if parts.contains("on event"),
        try words.takesOnce("on", "event", unless: event != nil)
      {
        event = try words.number("an event's number", in: 0...100_000)
      } else if parts.contains("to"), try words.takesOnce("to", unless: person != nil) {
        person = try words.name()
      } else if parts.contains("for"), try words.takesOnce("for", unless: count != nil) {
        count = try words.number("how many times", in: 1...1_000_000)
        try words.needs("times")
      } else {
        let wanted = parts.map { "'\($0)'" } + ["the end of the line"]
        throw words.mismatch(
          "of '\(name)' \(wanted.dropLast().joined(separator: ", "))\(wanted.count > 1 ? " or " : "")\(wanted.last ?? "")"
        )
      }
    }
  }

  /// What can be said of a kind.
  private static func parts(of kind: FaultKind) -> [String] {
    (kind.takesTime ? ["by"] : []) + (kind.concernsEvents ? ["on event"] : [])
      + (kind.concernsPeople ? ["to"] : []) + (kind.isAtOnce ? [] : ["for"])
  }
}
