/// Takes the known members out of an object, one after the other; what is left is the unknown rest.
///
/// A known member that is `null` counts as absent and stays in the rest, so that it is written back as `null`.
public struct MemberReader {
  /// What nobody took yet: in the end, the members to keep and write back.
  public private(set) var rest: JSONObject

  /// Reads the members of `json`.
  ///
  /// - Throws: ``WireError`` with code `.wrongKind` when it is no object.
  public init(_ json: JSONValue) throws(WireError) {
    guard case .object(let object) = json else {
      throw WireError(.wrongKind, "This should be an object and is \(json.kindName).")
    }
    rest = object
  }

  /// Takes a member that must be there.
  ///
  /// - Throws: ``WireError`` with code `.missing`, or what the form throws, with the member in its path.
  public mutating func required<Value>(
    _ name: String, _ form: JSONForm<Value>
  ) throws(WireError) -> Value {
    guard let value = try optional(name, form) else {
      throw WireError(.missing, "This is required and missing.", path: name)
    }
    return value
  }

  /// Takes a member that may be absent or null.
  ///
  /// - Throws: What the form throws, with the member in its path.
  public mutating func optional<Value>(
    _ name: String, _ form: JSONForm<Value>
  ) throws(WireError) -> Value? {
    guard let json = rest[name], !json.isNull else { return nil }
    do {
      let value = try form.read(json)
      rest[name] = nil
      return value
    } catch {
      throw error.inside(name)
    }
  }
}
