public import ACSTypes

/// How a member's value is read: what JSON it must be, and what becomes of it.
public struct JSONForm<Value>: Sendable {
  let read: @Sendable (JSONValue) throws(WireError) -> Value

  /// A form that reads as `read` does.
  public init(_ read: @escaping @Sendable (JSONValue) throws(WireError) -> Value) {
    self.read = read
  }
}

private func expected<Value>(
  _ name: String, _ value: Value?, _ json: JSONValue
) throws(WireError) -> Value {
  guard let value else {
    throw WireError(.wrongKind, "This should be \(name) and is \(json.kindName).")
  }
  return value
}

extension JSONForm<String> {
  /// A string.
  public static let string = JSONForm { json throws(WireError) in
    try expected("a string", json.string, json)
  }
}

extension JSONForm<Int> {
  /// A whole number.
  public static let integer = JSONForm { json throws(WireError) in
    Int(try expected("a whole number", json.integer, json))
  }
}

extension JSONForm<Bool> {
  /// True or false.
  public static let bool = JSONForm { json throws(WireError) in
    try expected("true or false", json.bool, json)
  }
}

extension JSONForm<JSONObject> {
  /// An object, unread.
  public static let object = JSONForm { json throws(WireError) in
    try expected("an object", json.object, json)
  }
}

extension JSONForm<Secret> {
  /// A string that must not be seen.
  public static let secret = JSONForm { json throws(WireError) in
    Secret(try expected("a string", json.string, json))
  }
}

extension JSONForm<[String]> {
  /// A list of strings.
  public static let strings = JSONForm { json throws(WireError) in
    let elements = try expected("a list", json.array, json)
    var texts: [String] = []
    for (index, element) in elements.enumerated() {
      do throws(WireError) {
        texts.append(try JSONForm<String>.string.read(element))
      } catch {
        throw error.inside(index)
      }
    }
    return texts
  }
}

extension JSONForm where Value: WireValue {
  /// A value of a wire type, or a list of such.
  public static var value: JSONForm {
    JSONForm { json throws(WireError) in try Value(json: json) }
  }
}
