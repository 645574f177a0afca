import ACSWire

/// What a JSON value looks like: kinds, members' names and the order of elements, without texts and numbers.
///
/// Where a recording was made anonymous as a whole, `"sanitized"` stands for a value that may look like anything.
enum Shape {
  /// A line for everything in which two values look different; a path and what is there.
  static func differences(
    recorded: JSONValue, answered: JSONValue, at path: String = ""
  ) -> [String] {
    switch (recorded, answered) {
    case ("sanitized", _): return []
    case (.object(let recorded), .object(let answered)):
      let names = Set(recorded.members.map(\.name)).union(answered.members.map(\.name))
      return names.sorted().flatMap { name -> [String] in
        switch (recorded[name], answered[name]) {
        case (let recorded?, let answered?):
          differences(recorded: recorded, answered: answered, at: "\(path).\(name)")
        case (nil, _): ["\(path).\(name) was not recorded"]
        case (_, nil): ["\(path).\(name) was recorded"]
        }
      }
    case (.array(let recorded), .array(let answered)):
      guard recorded.count == answered.count else {
        return ["\(path) has \(answered.count) elements, recorded were \(recorded.count)"]
      }
      return zip(recorded, answered).enumerated().flatMap { place, pair in
        differences(recorded: pair.0, answered: pair.1, at: "\(path)[\(place)]")
      }
    default:
      return kind(recorded) == kind(answered)
        ? [] : ["\(path) is \(kind(answered)), recorded was \(kind(recorded))"]
    }
  }

  private static func kind(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool: "true or false"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    default: "a number"
    }
  }
}
