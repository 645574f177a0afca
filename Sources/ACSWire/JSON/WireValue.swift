/// A value that travels as JSON: read leniently, written canonically.
///
/// Members that a type does not know are kept and written back, so that reading and writing an answer gives the same
/// JSON value.
public protocol WireValue: Hashable, Sendable {
  /// Reads the value.
  ///
  /// - Throws: ``WireError`` whose path names what is missing or of the wrong kind.
  init(json: JSONValue) throws(WireError)

  /// The value as JSON, members in the type's own order and unknown ones after them.
  var json: JSONValue { get }
}

extension WireValue {
  /// Reads the value from a JSON text.
  public init(bytes: [UInt8]) throws(WireError) {
    try self.init(json: try JSONValue.parse(bytes))
  }

  /// Reads the value from a JSON text, such as a WebSocket message.
  public init(text: String) throws(WireError) {
    try self.init(json: try JSONValue.parse(text))
  }

  /// The value as UTF-8 JSON in its shortest form.
  public var bytes: [UInt8] { json.bytes }
}
