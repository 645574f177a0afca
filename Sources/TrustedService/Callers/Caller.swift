public import ACSTypes

/// Who asks, as far as it was proved, and what that allows.
struct Caller: Hashable, Sendable {
  /// For whom it may ask.
  enum Reach: Hashable, Sendable {
    /// Nobody proved anything: for whomever the request names.
    case whoeverIsNamed
    /// For this user, whatever the request names.
    case itself(CallerName)
    /// A service of ours: for whomever it names, or one of these; for its own user when it names nobody.
    case others(CallerKey.Others, own: CallerName?)
    /// For nobody: what it may do is not about tokens.
    case nobody
  }

  /// What logs and audits call it: `nobody`, `key web-app`, `oidc`; never a user's name.
  var label: String
  /// For whom it may ask.
  var reach: Reach
  /// What it may get and how often it may ask.
  var allowance: Allowance
  /// The name to show that the authority tells; then the request's does not count.
  var displayName: CallerName?
  /// The user's object id at Microsoft Entra; `nil` when no authority told one.
  var objectID: String?
  /// Whether it may post events.
  var postsEvents = false

  /// What a caller of the open service may do.
  static func nobody(_ allowance: Allowance) -> Caller {
    Caller(label: "nobody", reach: .whoeverIsNamed, allowance: allowance)
  }

  /// What its requests are counted by: the user where there is one, so that one user cannot use up another's share.
  var account: String {
    switch reach {
    case .itself(let name): "\(label)/\(name.key)"
    case .whoeverIsNamed, .others, .nobody: label
    }
  }
}

/// What a caller may get.
public struct Allowance: Hashable, Sendable {
  /// The lifetimes that the service gives tokens, in minutes (WIRE 3).
  public static let lifetimes = 60...1440
  /// The scopes that the service knows.
  public static let everyScope = TokenScope.known

  /// The scopes that may be asked for.
  public var scopes: [TokenScope]
  /// The longest life of a token, in minutes, within ``lifetimes``.
  public var maximumLifetime: Int
  /// How often it may ask; `nil` for the service's own limit.
  public var rate: RateLimit?

  /// An allowance; without a word everything that the service gives.
  public init(
    scopes: [TokenScope] = everyScope, maximumLifetime: Int = lifetimes.upperBound,
    rate: RateLimit? = nil
  ) {
    self.scopes = scopes
    self.maximumLifetime = maximumLifetime
    self.rate = rate
  }
}
