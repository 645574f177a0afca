public import ACSTypes

/// That all tokens which an identity had were made worthless.
public struct Revocation: Hashable, Sendable {
  /// Whose tokens.
  public var identity: CommunicationIdentifier
  /// When; what was issued later is not concerned.
  public var revokedOn: Timestamp
  /// Who asked for it.
  public var caller: String

  /// A revocation.
  public init(identity: CommunicationIdentifier, revokedOn: Timestamp, caller: String) {
    self.identity = identity
    self.revokedOn = revokedOn
    self.caller = caller
  }
}
