/// What came over the channel of events and was passed over.
public struct EventTally: Hashable, Sendable {
  /// Frames that are none, or hold what they should not.
  public var malformedFrames = 0
  /// Requests that are no events; whoever keeps a copy was told to read it anew.
  public var unreadableEvents = 0
  /// Events with a number that this version does not know.
  public var unknownEvents = 0

  /// Nothing yet.
  public init() {}

  static func + (left: EventTally, right: EventTally) -> EventTally {
    var sum = left
    sum.malformedFrames += right.malformedFrames
    sum.unreadableEvents += right.unreadableEvents
    sum.unknownEvents += right.unknownEvents
    return sum
  }
}
