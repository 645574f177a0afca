public import ACSTypes

/// A person who is out of the directory, and whose identity ACS is still to delete.
public struct PendingErasure: Hashable, Sendable {
  /// The identity.
  public var identity: CommunicationIdentifier
  /// The name that the person had, in lower case, so that who asked for the erasure can ask for its end.
  public var name: String?

  /// An erasure.
  public init(identity: CommunicationIdentifier, name: String?) {
    self.identity = identity
    self.name = name
  }
}
