import ACSWire

extension JSONValue {
  /// The form of `value` as its `Encodable` says it.
  init(encoding value: some Encodable) throws {
    let tree = JSONTree()
    try value.encode(to: JSONTreeEncoder(tree: tree, codingPath: []))
    self = tree.value
  }
}

/// Writes one value into a tree; what has parts asks for a container, all else ends in the single value.
struct JSONTreeEncoder: Encoder {
  let tree: JSONTree
  let codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Members(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    tree.becomeList()
    return Elements(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  fileprivate func child(_ tree: JSONTree, _ key: any CodingKey) -> JSONTreeEncoder {
    JSONTreeEncoder(tree: tree, codingPath: codingPath + [key])
  }
}

extension JSONTreeEncoder: SingleValueEncodingContainer {
  mutating func encodeNil() { tree.set(.null) }
  mutating func encode(_ value: Bool) { tree.set(.bool(value)) }
  mutating func encode(_ value: String) { tree.set(.string(value)) }
  mutating func encode(_ value: Double) throws {
    guard value.isFinite else {
      throw EncodingError.invalidValue(
        value, .init(codingPath: codingPath, debugDescription: "JSON has no such number"))
    }
    tree.set(.number(value))
  }
  mutating func encode(_ value: Float) throws { try encode(Double(value)) }
  mutating func encode(_ value: Int) { whole(value) }
  mutating func encode(_ value: Int8) { whole(value) }
  mutating func encode(_ value: Int16) { whole(value) }
  mutating func encode(_ value: Int32) { whole(value) }
  mutating func encode(_ value: Int64) { whole(value) }
  mutating func encode(_ value: UInt) { whole(value) }
  mutating func encode(_ value: UInt8) { whole(value) }
  mutating func encode(_ value: UInt16) { whole(value) }
  mutating func encode(_ value: UInt32) { whole(value) }
  mutating func encode(_ value: UInt64) { whole(value) }
  mutating func encode<Value: Encodable>(_ value: Value) throws { try value.encode(to: self) }

  /// What does not fit 64 bits with a sign is written as text, for a number would lose its last digits.
  private func whole(_ value: some FixedWidthInteger) {
    tree.set(Int64(exactly: value).map(JSONValue.integer) ?? .string(String(value)))
  }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: JSONTreeEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }

  private func child(_ key: any CodingKey) -> JSONTreeEncoder {
    encoder.child(encoder.tree.member(key.stringValue), key)
  }

  mutating func encodeNil(forKey key: Key) { child(key).tree.set(.null) }

  mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try value.encode(to: child(key))
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { child(key).container(keyedBy: type) }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    child(key).unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder { child(PathKey("super")) }
  mutating func superEncoder(forKey key: Key) -> any Encoder { child(key) }
}

private struct Elements: UnkeyedEncodingContainer {
  let encoder: JSONTreeEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }
  var count: Int { encoder.tree.count }

  private func child() -> JSONTreeEncoder {
    encoder.child(encoder.tree.append(), PathKey(count))
  }

  mutating func encodeNil() { child().tree.set(.null) }
  mutating func encode<Value: Encodable>(_ value: Value) throws { try value.encode(to: child()) }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> { child().container(keyedBy: type) }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    child().unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder { child() }
}

/// A member's name or an element's number on the way to a value.
struct PathKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(_ name: String) {
    stringValue = name
    intValue = nil
  }

  init(_ number: Int) {
    stringValue = String(number)
    intValue = number
  }

  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { self.init(intValue) }
}
