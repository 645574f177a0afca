/// A JSON5 value of a file that a person wrote.
enum ConfigurationValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([ConfigurationValue])
  case object([Member])

  /// A key with its value.
  struct Member: Hashable, Sendable {
    var name: String
    var value: ConfigurationValue
  }

  /// The member called `name`; `nil` when this is no object or has none.
  func member(_ name: String) -> ConfigurationValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// What the value is, for an error: `a text`.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
