public import ACSTypes
import ACSWire
import Emulator

/// Something that the emulator does wrong of its own accord; docs/emulator.md tells what there is.
public struct EmulatorFault: Hashable, Sendable {
  /// Its name: `altered-duplicate`.
  public var kind: String
  /// How late, how long, or how wrong.
  public var time: Duration?
  /// With which events only, by their number.
  public var event: Int?
  /// With whose only.
  public var person: String?
  /// How many times; `nil` for any number.
  public var count: Int?
  /// Of what it is for, which share it strikes.
  public var share: Double?

  /// The names that there are.
  public static let kinds = FaultKind.allCases.map(\.rawValue)

  /// The body of a request to the administration; `identity` is that of the person.
  public func body(identity: CommunicationIdentifier?) -> String {
    var object: JSONObject = ["kind": .string(kind)]
    if let time { object["milliseconds"] = .integer(time.wholeMilliseconds) }
    if let event { object["event"] = .integer(Int64(event)) }
    if let identity { object["user"] = .string(identity.rawID) }
    if let count { object["next"] = .integer(Int64(count)) }
    if let share { object["share"] = .number(share) }
    return JSONValue.object(object).text
  }
}
