import ACSTypes
import Services

/// Unpacks what ``RecordWriter`` packed; bytes that it cannot have written are refused.
struct RecordReader {
  private let bytes: [UInt8]
  private var place = 0
  /// The identifier read last.
  private var lastIdentifier: [UInt8] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// True when nothing follows: what a later version added is not there.
  var isAtEnd: Bool { place >= bytes.count }

  mutating func number() throws(StoreError) -> Int64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while place < bytes.count, shift < 64 {
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
      shift += 7
    }
    throw RecordReader.damaged
  }

  /// How many of something follow, each of which takes a byte at least.
  mutating func count() throws(StoreError) -> Int {
    let number = try number()
    guard number >= 0, number <= bytes.count - place else { throw RecordReader.damaged }
    return Int(number)
  }

  mutating func truth() throws(StoreError) -> Bool { try number() != 0 }

  mutating func text() throws(StoreError) -> String {
    let count = try count()
    defer { place += count }
    return String(decoding: bytes[place..<place + count], as: UTF8.self)
  }

  mutating func moment() throws(StoreError) -> Timestamp {
    Timestamp(milliseconds: try number())
  }

  mutating func identifier() throws(StoreError) -> CommunicationIdentifier {
    let shared = try number()
    guard shared >= 0, shared <= lastIdentifier.count else { throw RecordReader.damaged }
    let count = try count()
    lastIdentifier.removeLast(lastIdentifier.count - Int(shared))
    lastIdentifier += bytes[place..<place + count]
    place += count
    return CommunicationIdentifier(rawID: String(decoding: lastIdentifier, as: UTF8.self))
  }

  mutating func optional<Value>(
    _ read: (inout RecordReader) throws(StoreError) -> Value
  ) throws(StoreError) -> Value? {
    try truth() ? try read(&self) : nil
  }

  mutating func list<Value>(
    _ read: (inout RecordReader) throws(StoreError) -> Value
  ) throws(StoreError) -> [Value] {
    let count = try count()
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try read(&self)) }
    return values
  }

  static let damaged = StoreError(
    .damaged,
    "The local history holds a record that cannot be read. Move its file away; the service still has the messages."
  )
}
