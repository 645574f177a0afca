import ACSClient
import ACSTypes
import Services

/// Hands out user access tokens and keeps each caller's identity the same.
struct TokenIssuer: Sendable {
  private let identities: IdentityClient
  private let users: UserStore
  private let clock: any WallClock
  /// First sign-ins under way, by name: two at the same time make one identity.
  private let arrivals = SingleFlight<String, Person>()

  init(identities: IdentityClient, users: UserStore, clock: any WallClock) {
    self.identities = identities
    self.users = users
    self.clock = clock
  }

  /// A token for whoever `request` names; a name asked for the first time gets a new identity.
  ///
  /// - Throws: `ServiceError`, ``StoreError``.
  func token(for request: TokenRequest) async throws -> UserAccessToken {
    guard let name = request.name else { return try await anonymousToken(for: request) }
    var person: Person
    if let known = try users.person(named: name) {
      person = known
    } else {
      person = try await identity(of: name, request, replacing: nil)
    }
    if let wanted = request.displayName?.text, wanted != person.displayName {
      try users.rename(person.identifier, to: wanted)
      person.displayName = wanted
    }
    do {
      return try await issue(person.identifier, request)
    } catch let error as ServiceError where error.meansNoIdentity {
      person = try await identity(of: name, request, replacing: person)
      return try await issue(person.identifier, request)
    }
  }

  /// A new token for an identity that this service made; the name in `request` does not count.
  ///
  /// - Throws: ``RequestProblem`` with status 404 for any other identity, and for one that was deleted.
  func token(
    renewing identity: CommunicationIdentifier, for request: TokenRequest
  ) async throws -> UserAccessToken {
    guard try users.person(with: identity) != nil else {
      throw RequestProblem(
        status: 404, code: "UserNotFound",
        message: "This service did not make that identity; ask /token for one.")
    }
    do {
      return try await issue(identity, request)
    } catch let error as ServiceError where error.meansNoIdentity {
      throw RequestProblem(
        status: 404, code: "UserNotFound",
        message: "That identity was deleted at the service; ask /token for a new one.")
    }
  }

  private func issue(
    _ identity: CommunicationIdentifier, _ request: TokenRequest
  ) async throws -> UserAccessToken {
    try await identities.issueToken(
      for: identity, scopes: request.scopes, lifetimeInMinutes: request.lifetime)
  }

  private func anonymousToken(for request: TokenRequest) async throws -> UserAccessToken {
    let token = try await identities.createIdentity(
      scopes: request.scopes, lifetimeInMinutes: request.lifetime)
    let person = Person(
      identifier: token.identity, displayName: request.displayName?.text ?? "")
    try users.add(person, name: nil, now: clock.now)
    return token
  }

  /// The identity of `name`, made now unless somebody else just did; `old` is one that the service no longer has.
  private func identity(
    of name: CallerName, _ request: TokenRequest, replacing old: Person?
  ) async throws -> Person {
    try await arrivals.run(name.key) {
      let known = try users.person(named: name)
      if let known, known.identifier != old?.identifier { return known }
      let identifier = try await identities.createIdentity()
      let displayName = request.displayName?.text ?? known?.displayName ?? name.text
      let person = Person(identifier: identifier, displayName: displayName)
      try users.add(person, name: name, now: clock.now)
      return person
    }
  }
}

extension ServiceError {
  /// True when the service does not have, or no longer has, the identity asked for (WIRE 3).
  var meansNoIdentity: Bool { serviceCode == "IdentityNotOwned" }
}
