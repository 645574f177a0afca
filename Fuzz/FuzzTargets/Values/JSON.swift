import ACSWire

extension FuzzTarget {
  /// The JSON reader: what it reads it writes, and reads the same again.
  static let json = FuzzTarget("json") { bytes in
    let value: JSONValue
    do {
      value = try JSONValue.parse(bytes)
    } catch let error as WireError {
      try require(!error.message.isEmpty, "a refusal without words")
      return
    }
    try requireEqual(try JSONValue.parse(value.bytes), value, "read, written and read again")
    try requireEqual(try JSONValue.parse(value.prettyBytes), value, "the same in lines")
    try requireEqual(try JSONValue.parse(value.bytes).bytes, value.bytes, "written again")
  }
}
