/// A list of wire values is one itself: a batch of events, for example.
extension Array: WireValue where Element: WireValue {
  /// Reads every element; the path of an error has the index.
  public init(json: JSONValue) throws(WireError) {
    guard case .array(let elements) = json else {
      throw WireError(.wrongKind, "This should be a list and is \(json.kindName).")
    }
    self = []
    reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      do throws(WireError) {
        append(try Element(json: element))
      } catch {
        throw error.inside(index)
      }
    }
  }

  /// The elements in their order.
  public var json: JSONValue { .array(map(\.json)) }
}
