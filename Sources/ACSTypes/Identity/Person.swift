/// Somebody who can be found by name through the trusted service; ACS itself has no directory.
public struct Person: Hashable, Sendable, Codable {
  /// The ACS identity.
  public var identifier: CommunicationIdentifier
  /// The name by which the trusted service knows the person; empty when it knows none.
  public var displayName: String

  /// A person with an identity and a name.
  public init(identifier: CommunicationIdentifier, displayName: String) {
    self.identifier = identifier
    self.displayName = displayName
  }
}
