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
