/// How callers prove who they are.
public struct CallerRules: Hashable, Sendable {
  /// The API keys that are taken; `nil` for none.
  public var keys: CallerKeyRing?
  /// The authority whose tokens are taken; `nil` for none.
  public var oidc: OIDCRules?
  /// What callers may get who prove nothing, which is for loopback alone; `nil` refuses them.
  public var unproved: Allowance?

  /// Rules; without a word nobody has to prove anything.
  public init(
    keys: CallerKeyRing? = nil, oidc: OIDCRules? = nil, unproved: Allowance? = Allowance()
  ) {
    self.keys = keys
    self.oidc = oidc
    self.unproved = unproved
  }

  /// True when callers must prove who they are.
  public var isClosed: Bool { unproved == nil }
}
