public import ACSTypes

/// One person as kept.
public struct UserRecord: Hashable, Sendable {
  /// Identity and name to show.
  public var person: Person
  /// The name by which callers ask for tokens, in lower case; `nil` for somebody who cannot be asked for again.
  public var name: String?
  /// When the identity was made.
  public var createdOn: Timestamp

  /// A record.
  public init(person: Person, name: String?, createdOn: Timestamp) {
    self.person = person
    self.name = name
    self.createdOn = createdOn
  }
}
