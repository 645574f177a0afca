/// One way to get tokens of Entra for the identity that this machine or program has.
public protocol EntraTokenSource: Sendable {
  /// What people call it: `IMDS`.
  var name: String { get }

  /// Fetches a token; nothing is kept.
  ///
  /// - Throws: ``ServiceAuthError`` with code `.missingCredential` or `.noIdentity` when there is no such identity here,
  ///   so that another source may be tried; `.refused` or `.unavailable` when there is one and it does not work.
  func token() async throws(ServiceAuthError) -> EntraToken
}

/// A source that is not set up, with what is missing.
public struct AbsentSource: EntraTokenSource {
  /// What people call it.
  public let name: String
  private let reason: ServiceAuthError

  /// A source called `name` that always fails with `reason`.
  public init(name: String, reason: ServiceAuthError) {
    self.name = name
    self.reason = reason
  }

  /// Always fails.
  public func token() async throws(ServiceAuthError) -> EntraToken { throw reason }
}
