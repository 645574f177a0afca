public import ACSTypes

/// Somebody who is typing.
public struct Typing: Hashable, Sendable {
  /// The name that they gave; empty when none.
  public var displayName: String
  /// When that is forgotten, unless they go on.
  public var until: Timestamp
}
