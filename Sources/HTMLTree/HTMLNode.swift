/// An element or a text of an HTML fragment.
public enum HTMLNode: Hashable, Sendable {
  /// An element with what stands in it.
  case element(HTMLElement)
  /// A text as it is to be read, without character references.
  case text(String)
}

/// An element of an HTML fragment.
public struct HTMLElement: Hashable, Sendable {
  /// An attribute as it was written, without character references; one without a value has an empty one, or its
  /// name for one.
  public struct Attribute: Hashable, Sendable {
    /// In lower case.
    public var name: String
    /// May be anything, scripts and control characters included.
    public var value: String
  }

  /// In lower case; elements that no HTML has are there, too.
  public var name: String
  /// In the order in which they were written; of two with one name the first.
  public var attributes: [Attribute]
  /// What stands between its tags.
  public var children: [HTMLNode]
}
