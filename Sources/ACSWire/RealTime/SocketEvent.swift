/// The data of an event frame: `{"name": …, "args": […]}` (REALTIME 4.3).
public struct SocketEvent: WireValue {
  /// What happened, a word with dots.
  public var name: String
  /// With what; empty when the sender left it out.
  public var arguments: [JSONValue]

  /// An event.
  public init(_ name: String, _ arguments: [JSONValue] = []) {
    self.name = name
    self.arguments = arguments
  }

  /// Reads an event; one without `args` has none.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    name = try members.required("name", .string)
    let list = try members.optional("args", .value as JSONForm<JSONValue>) ?? []
    guard let arguments = list.array else {
      throw WireError(.wrongKind, "This should be a list and is \(list.kindName).", path: "args")
    }
    self.arguments = arguments
  }

  /// The event, with `args` even when there are none.
  public var json: JSONValue { ["name": .string(name), "args": .array(arguments)] }
}
