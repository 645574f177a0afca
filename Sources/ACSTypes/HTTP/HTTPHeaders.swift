/// Header fields in the order sent; names compare without case.
public struct HTTPHeaders: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// One field as it stands on the wire.
  public struct Field: Hashable, Sendable {
    /// The name, in the case in which it was given.
    public var name: String
    /// The value, without surrounding blanks.
    public var value: String
  }

  /// All fields, repeated names included.
  public private(set) var fields: [Field] = []

  /// No fields.
  public init() {}

  /// The fields of the literal, in its order.
  public init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { Field(name: $0.0, value: $0.1) }
  }

  /// The first value of `name`; setting replaces every field of that name, `nil` removes them.
  public subscript(name: String) -> String? {
    get { fields.first { equalNames($0.name, name) }?.value }
    set {
      fields.removeAll { equalNames($0.name, name) }
      if let newValue { fields.append(Field(name: name, value: newValue)) }
    }
  }

  /// Adds a field and keeps others of the same name.
  public mutating func append(name: String, value: String) {
    fields.append(Field(name: name, value: value))
  }
}

/// Compares ASCII names without case.
private func equalNames(_ left: String, _ right: String) -> Bool {
  let left = left.utf8
  let right = right.utf8
  guard left.count == right.count else { return false }
  return zip(left, right).allSatisfy { $0 == $1 || lowered($0) == lowered($1) }
}

private func lowered(_ byte: UInt8) -> UInt8 {
  (65...90).contains(byte) ? byte | 0x20 : byte
}
