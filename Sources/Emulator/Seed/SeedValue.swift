import ACSTypes
import ACSWire

/// A value of a seed or of a bot, which knows where it stands so that errors can tell.
struct SeedValue {
  let json: JSONValue
  let path: String

  /// The member of a name; `nil` when it is absent or null.
  func optional(_ name: String) -> SeedValue? {
    guard let value = json[name], !value.isNull else { return nil }
    return SeedValue(json: value, path: path.isEmpty ? name : "\(path).\(name)")
  }

  /// A member that has to be there.
  func required(_ name: String) throws(SeedError) -> SeedValue {
    guard let value = optional(name) else { throw SeedError(path, "\(name) is missing") }
    return value
  }

  /// A member that is an object; its members with their names.
  func object() throws(SeedError) -> [(name: String, value: SeedValue)] {
    guard let object = json.object else { throw wrong("an object") }
    return object.members.map {
      ($0.name, SeedValue(json: $0.value, path: path.isEmpty ? $0.name : "\(path).\($0.name)"))
    }
  }

  func array() throws(SeedError) -> [SeedValue] {
    guard let array = json.array else { throw wrong("a list") }
    return array.enumerated().map { SeedValue(json: $1, path: "\(path)[\($0)]") }
  }

  func text() throws(SeedError) -> String {
    guard let text = json.string else { throw wrong("a text") }
    return text
  }

  func bool() throws(SeedError) -> Bool {
    guard let bool = json.bool else { throw wrong("true or false") }
    return bool
  }

  /// A text, or a list of them.
  func texts() throws(SeedError) -> [String] {
    if let text = json.string { return [text] }
    var texts: [String] = []
    for value in try array() { texts.append(try value.text()) }
    return texts
  }

  /// A number of units from 0 to `most`, as a time.
  func duration(of unit: Duration, most: Double) throws(SeedError) -> Duration {
    let number: Double
    switch json {
    case .integer(let value): number = Double(value)
    case .number(let value): number = value
    default: throw wrong("a number from 0 to \(Int64(most))")
    }
    guard 0...most ~= number else { throw wrong("a number from 0 to \(Int64(most))") }
    return .milliseconds(Int64((number * Double(unit.wholeMilliseconds)).rounded()))
  }

  /// Refuses members that nobody knows: a slip of the pen would else do nothing.
  func allow(_ names: String...) throws(SeedError) {
    for (name, value) in try object() where !names.contains(name) {
      throw SeedError(
        value.path, "there is no '\(name)' here; there are \(names.joined(separator: ", "))")
    }
  }

  func wrong(_ expected: String) -> SeedError {
    SeedError(path, "\(path.isEmpty ? "the seed" : path) must be \(expected)")
  }
}
