/// That the service could not bring all it had for a client: the argument of `trouter.message_loss` (REALTIME 4.3).
///
/// The client says that it took note, by the same argument, registers anew, and asks Chat for what it may lack.
public struct MessageLoss: WireValue {
  /// What was lost.
  public struct Indicator: WireValue {
    /// What the client's registered path has after its address; empty for the address itself.
    public var tag: String
    /// When, as the service writes it; the client repeats it.
    public var etag: String

    /// An indicator.
    public init(tag: String, etag: String) {
      self.tag = tag
      self.etag = etag
    }

    /// Reads an indicator.
    public init(json: JSONValue) throws(WireError) {
      var members = try MemberReader(json)
      tag = try members.text("tag")
      etag = try members.text("etag")
    }

    /// The indicator.
    public var json: JSONValue { ["tag": .string(tag), "etag": .string(etag)] }
  }

  /// One for each address.
  public var indicators: [Indicator]

  /// A loss.
  public init(_ indicators: [Indicator]) {
    self.indicators = indicators
  }

  /// Reads a loss.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    indicators = try members.required("droppedIndicators", .value)
  }

  /// The loss.
  public var json: JSONValue { ["droppedIndicators": .array(indicators.map(\.json))] }
}
