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

extension JSONForm<JSONValue> {
  /// Anything but null, unread.
  public static let any = JSONForm { json throws(WireError) in json }
}

extension JSONForm where Value: WireValue {
  /// A value of a wire type.
  public static var value: JSONForm {
    JSONForm { json throws(WireError) in try Value(json: json) }
  }
}

extension JSONForm {
  /// A list whose elements have the form `element`.
  public static func list<Element>(_ element: JSONForm<Element>) -> JSONForm<[Element]>
  where Value == [Element] {
    JSONForm { json throws(WireError) in
      let elements = try expected("a list", json.array, json)
      var result: [Element] = []
      result.reserveCapacity(elements.count)
      for (index, json) in elements.enumerated() {
        do throws(WireError) {
          result.append(try element.read(json))
        } catch {
          throw error.inside(index)
        }
      }
      return result
    }
  }
}
