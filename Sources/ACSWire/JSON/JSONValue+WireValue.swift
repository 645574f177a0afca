/// Any JSON is a wire value: what a contract leaves open.
extension JSONValue: WireValue {
  /// The value itself.
  public init(json: JSONValue) { self = json }

  /// The value itself.
  public var json: JSONValue { self }
}
