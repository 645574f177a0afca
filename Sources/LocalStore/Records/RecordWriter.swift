import ACSTypes

/// Packs values that are only read together into bytes: numbers as short as they are, texts after their length.
struct RecordWriter {
  private(set) var bytes: [UInt8] = []
  /// The identifier put last.
  private var identifier: [UInt8] = []

  /// A number that is seldom negative.
  mutating func put(_ number: Int64) {
    var rest = UInt64(bitPattern: (number << 1) ^ (number >> 63))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func put(_ number: Int) { put(Int64(number)) }

  mutating func put(_ truth: Bool) { put(truth ? 1 : 0) }

  mutating func put(_ text: String) {
    put(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func put(_ moment: Timestamp) { put(moment.milliseconds) }

  /// Most of an identifier is the resource's, the same as in the one before; that is not repeated.
  mutating func put(_ identifier: CommunicationIdentifier) {
    let next = Array(identifier.rawID.utf8)
    let shared = zip(next, self.identifier).prefix { $0 == $1 }.count
    put(shared)
    put(next.count - shared)
    bytes.append(contentsOf: next[shared...])
    self.identifier = next
  }

  mutating func put<Value>(_ value: Value?, by put: (inout RecordWriter, Value) -> Void) {
    self.put(value != nil)
    if let value { put(&self, value) }
  }

  mutating func put<Value>(_ values: [Value], by put: (inout RecordWriter, Value) -> Void) {
    self.put(values.count)
    for value in values { put(&self, value) }
  }
}
