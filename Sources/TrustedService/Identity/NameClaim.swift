public import ACSTypes

/// What comes of asking to make an identity for a name.
public enum NameClaim: Hashable, Sendable {
  /// The caller is to make it; nobody else does meanwhile.
  case granted
  /// Somebody made it already.
  case known(Person)
}
