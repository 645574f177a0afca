import ACSClient
import ACSTypes
import ACSWire
import ServiceAuth
import Services
import Synchronization
import TestKit
import Testing

@testable import TrustedService

@Suite("What is known and done about a user")
struct UserAccountTests {
  /// A town whose audit is kept, with the operator's accounts over the same store.
  private struct Place {
    let users: SQLiteUserStore
    let town: Town
    let accounts: UserAccounts
    let audit = AuditEntries()

    init() throws {
      users = try SQLiteUserStore(path: nil)
      let audit = audit
      town = try Town(users: users, audit: { audit.add($0) })
      let authoriser = HMACSigner(key: Town.key, clock: town.clock)
      accounts = UserAccounts(
        identities: IdentityClient(
          endpoint: Town.endpoint, exchange: town.wire, authoriser: authoriser),
        users: users, clock: town.clock, audit: { audit.add($0) })
    }

    func account(_ name: String) async throws -> UserAccount? {
      for user in UserKey.meanings(of: name) {
        if let found = try await users.account(of: user, limit: 9, now: town.clock.now) {
          return found
        }
      }
      return nil
    }
  }

  @Test("each token is told with when, what for, by which credential, for whom and why")
  func explained() async throws {
    let place = try Place()
    let began = place.town.clock.now
    let alice = try await place.town.token("alice", scope: "chat")
    place.town.clock.advance(by: .seconds(60))
    _ = await place.town.ask("POST", "/refreshToken/\(alice.identity.rawID.percentEncoded)")
    let account = try #require(try await place.account("ALICE"))
    #expect(account.user?.person.identifier == alice.identity)
    #expect(account.tokens.map(\.record.reason) == ["POST /refreshToken", "GET /token"])
    #expect(account.tokens.map(\.condition) == [.valid, .valid])
    let first = try #require(account.tokens.last?.record)
    #expect(first.issuedOn == began)
    #expect(first.scopes == [.chat])
    #expect(first.credential == "access key")
    #expect(first.caller == "nobody")
    #expect(try await place.account(alice.identity.rawID) == account)
    #expect(try await place.account("bob") == nil)
  }

  @Test("one audit line a token, which holds no token and no name")
  func audited() async throws {
    let place = try Place()
    let grant = try await place.town.token("alice")
    _ = await place.town.ask("GET", "/token?user=alice&scope=fly")
    let lines = place.audit.all.map(\.line)
    #expect(lines.count == 1)
    let line = try JSONValue.parse(Array(try #require(lines.first).utf8))
    #expect(line["event"]?.string == "tokenIssued")
    #expect(line["identity"]?.string == grant.identity.rawID)
    #expect(line["scopes"]?.array?.compactMap(\.string) == ["chat", "voip"])
    #expect(!lines[0].contains(grant.token.reveal()))
    #expect(!lines[0].lowercased().contains("alice"))
  }

  @Test("an account tells what has become of each token")
  func conditions() async throws {
    let place = try Place()
    _ = try await place.town.token("alice")
    place.town.clock.advance(by: .seconds(86_400))
    _ = try await place.town.token("alice")
    place.town.clock.advance(by: .seconds(1))
    let identity = try await place.accounts.revokeTokens(of: .name("alice"))
    place.town.clock.advance(by: .seconds(1))
    _ = try await place.town.token("alice")
    let account = try #require(try await place.account("alice"))
    #expect(account.tokens.map(\.condition) == [.valid, .revoked, .revoked])
    #expect(account.revocations.map(\.identity) == [identity])
    #expect(account.revocations.map(\.caller) == ["operator"])
    place.town.clock.advance(by: .seconds(86_400))
    #expect(try await place.account("alice")?.tokens.first?.condition == .expired)
  }

  @Test("an erased user is gone here and at ACS, and a new one of the name is somebody else")
  func erased() async throws {
    let place = try Place()
    let alice = try await place.town.token("alice")
    #expect(try await place.accounts.erase(.name("alice")) == [alice.identity])
    #expect(try await place.account("alice") == nil)
    #expect(try await place.account(alice.identity.rawID) == nil)
    #expect(try await place.accounts.erase(.name("alice")) == [])
    #expect(
      place.audit.all.last
        == .userErased(alice.identity, on: place.town.clock.now, caller: "operator"))
    let signer = IdentityClient(
      endpoint: Town.endpoint, exchange: place.town.wire,
      authoriser: HMACSigner(key: Town.key, clock: place.town.clock))
    await #expect(throws: ServiceError.self) {
      try await signer.issueToken(for: alice.identity, scopes: [.chat])
    }
    #expect(try await place.town.token("alice").identity != alice.identity)
  }

  @Test("an erasure that ACS did not answer is ended by the next round, and by the same command")
  func resumed() async throws {
    for isByCommand in [true, false] {
      let place = try Place()
      let alice = try await place.town.token("alice")
      place.town.wire.isDown.withLock { $0 = true }
      await #expect(throws: ServiceError.self) {
        try await place.accounts.erase(.name("alice"))
      }
      #expect(try await place.account("alice")?.isBeingErased == true)
      #expect(try await place.users.person(named: "alice") == nil)
      try await place.town.service.housekeeping.run()
      #expect(try await place.users.erasures().count == 1)
      place.town.wire.isDown.withLock { $0 = false }
      if isByCommand {
        #expect(try await place.accounts.erase(.name("alice")) == [alice.identity])
      } else {
        try await place.town.service.housekeeping.run()
      }
      #expect(try await place.users.erasures() == [])
      #expect(try await place.account("alice") == nil)
    }
  }

  @Test("an identity that somebody else deleted does not keep an erasure from its end")
  func deletedElsewhere() async throws {
    let place = try Place()
    let alice = try await place.town.token("alice")
    let signer = IdentityClient(
      endpoint: Town.endpoint, exchange: place.town.wire,
      authoriser: HMACSigner(key: Town.key, clock: place.town.clock))
    try await signer.delete(alice.identity)
    #expect(try await place.accounts.erase(.name("alice")) == [alice.identity])
    #expect(try await place.users.erasures() == [])
  }

  @Test("tokens that ended 90 days ago are forgotten, others are not")
  func retention() async throws {
    let place = try Place()
    for _ in 1...2 {
      _ = try await place.town.token("alice")
      place.town.clock.advance(by: Housekeeping.retention)
      try await place.town.service.housekeeping.run()
    }
    #expect(try await place.account("alice")?.tokens.count == 1)
    let next = try #require(place.town.service.housekeeping.nextDeadline)
    #expect(next - place.town.clock.now == .seconds(300))
  }

  @Test(
    "what a person types is an identity, a name, or a subject in which case matters",
    arguments: [
      ("8:acs:x_1", ["8:acs:x_1"]), ("alice", ["alice"]), (" Bob ", ["bob"]),
      ("AbC", ["abc", "=AbC"]), ("", []),
    ] as [(String, [String])])
  func meanings(text: String, keys: [String]) {
    let meanings = UserKey.meanings(of: text).map { user in
      switch user {
      case .name(let name): name.key
      case .identity(let identity): identity.rawID
      }
    }
    #expect(meanings == keys)
  }
}

/// The audit of a test.
final class AuditEntries: Sendable {
  private let entries = Mutex<[AuditEntry]>([])

  var all: [AuditEntry] { entries.withLock { $0 } }

  func add(_ entry: AuditEntry) { entries.withLock { $0.append(entry) } }
}
