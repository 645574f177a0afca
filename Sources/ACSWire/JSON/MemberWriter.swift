import ACSTypes

/// Puts an object together: known members first, the kept rest after them.
struct MemberWriter {
  private var object = JSONObject()

  /// Adds a string; nothing for `nil`.
  mutating func add(_ name: String, _ text: String?) {
    if let text { object[name] = .string(text) }
  }

  /// Adds a whole number; nothing for `nil`.
  mutating func add(_ name: String, _ number: Int?) {
    if let number { object[name] = .integer(Int64(number)) }
  }

  /// Adds true or false; nothing for `nil`.
  mutating func add(_ name: String, _ flag: Bool?) {
    if let flag { object[name] = .bool(flag) }
  }

  /// Adds an object; nothing for `nil`.
  mutating func add(_ name: String, _ value: JSONObject?) {
    if let value { object[name] = .object(value) }
  }

  /// Adds texts; nothing for `nil`.
  mutating func add(_ name: String, _ texts: [String]?) {
    if let texts { object[name] = .array(texts.map(JSONValue.string)) }
  }

  /// Adds a secret; nothing for `nil`.
  mutating func add(_ name: String, _ secret: Secret?) {
    if let secret { object[name] = .string(secret.reveal()) }
  }

  /// Adds a wire value; nothing for `nil`.
  mutating func add(_ name: String, _ value: (some WireValue)?) {
    if let value { object[name] = value.json }
  }

  /// The object with the members of `rest` that were not added under their names.
  func json(with rest: JSONObject) -> JSONValue {
    let kept = rest.members.filter { object[$0.name] == nil }
    return .object(JSONObject(distinct: object.members + kept))
  }
}
