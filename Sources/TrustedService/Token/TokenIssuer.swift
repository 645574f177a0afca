import ACSClient
import ACSTypes
import Services

/// Hands out user access tokens and keeps each caller's identity the same.
struct TokenIssuer: Sendable {
  private let identities: IdentityClient
  private let users: any UserStore
  private let ledger: TokenLedger
  private let clock: any WallClock
  /// First sign-ins under way, by name: two at the same time make one identity.
  private let arrivals = SingleFlight<String, Person>()

  init(
    identities: IdentityClient, users: any UserStore, ledger: TokenLedger, clock: any WallClock
  ) {
    self.identities = identities
    self.users = users
    self.ledger = ledger
    self.clock = clock
  }

  /// A token for whoever `request` names; a name asked for the first time gets a new identity.
  ///
  /// - Throws: `ServiceError`, `StoreError`.
  func token(
    for request: TokenRequest, _ purpose: TokenPurpose
  ) async throws -> UserAccessToken {
    guard let name = request.name else { return try await anonymousToken(for: request, purpose) }
    var person: Person
    if let known = try await users.person(named: name) {
      person = known
    } else {
      person = try await identity(of: name, request, replacing: nil)
    }
    if let wanted = request.displayName?.text, wanted != person.displayName {
      try await users.rename(person.identifier, to: wanted)
      person.displayName = wanted
    }
    do {
      return try await issue(person.identifier, request, purpose)
    } catch let error as ServiceError where error.meansNoIdentity {
      person = try await identity(of: name, request, replacing: person)
      return try await issue(person.identifier, request, purpose)
    }
  }

  /// The person called `name`, with a new identity when there was none.
  ///
  /// - Throws: `ServiceError`, `StoreError`.
  func person(
    for request: TokenRequest, _ name: CallerName
  ) async throws -> (person: Person, isNew: Bool) {
    if let known = try await users.person(named: name) { return (known, false) }
    return (try await identity(of: name, request, replacing: nil), true)
  }

  /// A new token for an identity that this service made; the name in `request` is for the records alone.
  ///
  /// - Throws: ``RequestProblem`` with status 404 for any other identity, and for one that was deleted.
  func token(
    renewing identity: CommunicationIdentifier, for request: TokenRequest,
    _ purpose: TokenPurpose
  ) async throws -> UserAccessToken {
    guard try await users.person(with: identity) != nil else {
      throw RequestProblem(
        status: 404, code: "UserNotFound",
        message: "This service did not make that identity; ask /token for one.")
    }
    do {
      return try await issue(identity, request, purpose)
    } catch let error as ServiceError where error.meansNoIdentity {
      throw RequestProblem(
        status: 404, code: "UserNotFound",
        message: "That identity was deleted at the service; ask /token for a new one.")
    }
  }

  private func issue(
    _ identity: CommunicationIdentifier, _ request: TokenRequest, _ purpose: TokenPurpose
  ) async throws -> UserAccessToken {
    let token = try await identities.issueToken(
      for: identity, scopes: request.scopes, lifetimeInMinutes: request.lifetime)
    return try await ledger.enter(token, request, purpose)
  }

  private func anonymousToken(
    for request: TokenRequest, _ purpose: TokenPurpose
  ) async throws -> UserAccessToken {
    let token = try await identities.createIdentity(
      scopes: request.scopes, lifetimeInMinutes: request.lifetime)
    let person = Person(
      identifier: token.identity, displayName: request.displayName?.text ?? "")
    _ = try await users.add(person, name: nil, replacing: nil, now: clock.now)
    return try await ledger.enter(token, request, purpose)
  }

  /// The identity of `name`, made now unless somebody else just did; `old` is one that the service no longer has.
  private func identity(
    of name: CallerName, _ request: TokenRequest, replacing old: Person?
  ) async throws -> Person {
    try await arrivals.run(name.key) {
      switch try await users.claim(name, replacing: old?.identifier) {
      case .known(let person): person
      case .granted: try await newIdentity(of: name, request, replacing: old)
      }
    }
  }

  private func newIdentity(
    of name: CallerName, _ request: TokenRequest, replacing old: Person?
  ) async throws -> Person {
    let person: Person
    do {
      let displayName = request.displayName?.text ?? old?.displayName ?? name.text
      person = Person(
        identifier: try await identities.createIdentity(), displayName: displayName)
    } catch {
      try? await users.release(name)
      throw error
    }
    let winner = try await users.add(
      person, name: name, replacing: old?.identifier, now: clock.now)
    // Another instance was first after all: its identity stays, and ours is no use.
    if winner != person { try? await identities.delete(person.identifier) }
    return winner
  }
}

extension ServiceError {
  /// True when the service does not have, or no longer has, the identity asked for (WIRE 3).
  var meansNoIdentity: Bool { serviceCode == "IdentityNotOwned" }
}
