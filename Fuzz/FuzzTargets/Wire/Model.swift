import ACSWire

/// A type that is read from JSON, and what holds for each.
struct Model: Sendable {
  /// Reads the value; where it can be read, writing and reading it gives the same.
  let check: @Sendable (JSONValue) throws -> Void

  init<Value: WireValue>(
    _ type: Value.Type, then use: @escaping @Sendable (Value) -> Void = { _ in }
  ) {
    check = { json in
      let value: Value
      do {
        value = try Value(json: json)
      } catch let error as WireError {
        try require(!error.message.isEmpty, "\(type): a refusal without words")
        return
      }
      use(value)
      let again: Value
      do {
        again = try Value(bytes: value.bytes)
      } catch let error as WireError {
        throw BrokenInvariant("\(type) cannot read what it wrote: \(error)")
      }
      try requireEqual(again, value, "\(type), written and read")
    }
  }
}
