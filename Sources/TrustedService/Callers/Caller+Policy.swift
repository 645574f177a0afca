import ACSTypes

extension Caller {
  /// What of `request` this caller gets.
  ///
  /// It gets tokens for its own identity only, whatever the request names; only a service may name others. What was left
  /// open is filled in with what it may have.
  ///
  /// - Throws: ``RequestProblem`` with status 403 for what it may not have, 400 for a service that names nobody.
  func granted(_ request: TokenRequest) throws(RequestProblem) -> TokenRequest {
    var granted = request
    granted.name = try user(named: request.name)
    granted.displayName = displayName ?? request.displayName
    granted.scopes = try scopes(request.scopes)
    granted.lifetime = try lifetime(request.lifetime)
    return granted
  }

  /// What of `request` this caller gets for an identity that is known to be one of its users'.
  ///
  /// - Throws: As ``granted(_:)``.
  func granted(
    _ request: TokenRequest, renewing owner: CallerName?
  ) throws(RequestProblem) -> TokenRequest {
    var request = request
    request.name = owner
    guard owner == nil else { return try granted(request) }
    request.scopes = try scopes(request.scopes)
    request.lifetime = try lifetime(request.lifetime)
    return request
  }

  /// All users for whom it may ask; `nil` for any.
  var users: [CallerName]? {
    switch reach {
    case .whoeverIsNamed, .others(.anybody, _): nil
    case .itself(let own): [own]
    case .others(.these(let names), let own): (own.map { [$0] } ?? []) + names
    case .nobody: []
    }
  }

  /// The user whom a request of this caller is about; `nil` for a new one whom nobody can ask for again.
  ///
  /// - Throws: As ``granted(_:)``.
  func user(named name: CallerName?) throws(RequestProblem) -> CallerName? {
    switch reach {
    case .whoeverIsNamed: return name
    case .itself(let own): return own
    case .others(.anybody, let own): return name ?? own
    case .others(.these(let names), let own):
      guard let wanted = name ?? own else {
        throw .badRequest("This key acts for several users; say for whom with user=…")
      }
      guard wanted.key == own?.key || names.contains(where: { $0.key == wanted.key }) else {
        throw .forbidden("CallerNotAllowed", "This key may not act for that user.")
      }
      return wanted
    case .nobody:
      throw .forbidden("CallerNotAllowed", "This key is for posting events, not for tokens.")
    }
  }

  private func scopes(_ wanted: [TokenScope]) throws(RequestProblem) -> [TokenScope] {
    guard wanted.isEmpty else {
      guard wanted.allSatisfy(allowance.scopes.contains) else {
        throw .forbidden(
          "ScopeNotAllowed",
          "This caller may have the scopes \(allowance.scopes.map(\.rawValue).joined(separator: ", "))"
            + " and no others.")
      }
      return wanted
    }
    let usual = TokenRequest.defaultScopes.filter(allowance.scopes.contains)
    return usual.isEmpty ? allowance.scopes : usual
  }

  private func lifetime(_ wanted: Int?) throws(RequestProblem) -> Int? {
    let limit = allowance.maximumLifetime
    guard let wanted else { return limit < Allowance.lifetimes.upperBound ? limit : nil }
    guard wanted <= limit else {
      throw .forbidden(
        "LifetimeNotAllowed", "This caller's tokens may live \(limit) minutes at the longest.")
    }
    return wanted
  }
}
