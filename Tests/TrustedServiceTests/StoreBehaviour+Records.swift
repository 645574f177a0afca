import ACSTypes
import Services
import Testing

@testable import TrustedService

extension StoreBehaviour {
  static let records: [StoreBehaviour] = [
    StoreBehaviour("tokens are told by name and by identity, the newest first") { store in
      let alice = try await store.make("alice")
      let bob = try await store.make("bob")
      #expect(try await store.record(.token(of: alice, named: "alice", at: 1)))
      #expect(try await store.record(.token(of: alice, named: nil, at: 2)))
      #expect(try await store.record(.token(of: bob, named: "bob", at: 3)))
      let expected: [TokenRecord] = [
        .token(of: alice, named: nil, at: 2), .token(of: alice, named: "alice", at: 1),
      ]
      #expect(try await store.tokens(of: .name("ALICE"), limit: 9) == expected)
      #expect(try await store.tokens(of: .identity(alice.identifier), limit: 9) == expected)
      #expect(try await store.tokens(of: .name("alice"), limit: 1) == [expected[0]])
      #expect(try await store.tokens(of: .name("carol"), limit: 9) == [])
    },
    StoreBehaviour("tokens of an identity that a name had before are told, too") { store in
      let old = try await store.make("alice")
      #expect(try await store.record(.token(of: old, named: "alice", at: 1)))
      let new = Person(identifier: .numbered("new"), displayName: "Alice")
      _ = try await store.add(new, name: "alice", replacing: old.identifier, now: .epoch)
      #expect(try await store.record(.token(of: new, named: "alice", at: 2)))
      let told = try await store.tokens(of: .name("alice"), limit: 9)
      #expect(told.map(\.identity) == [new.identifier, old.identifier])
    },
    StoreBehaviour("a token of somebody unknown is not recorded") { store async throws in
      let nobody = Person(identifier: .numbered("nobody"), displayName: "")
      #expect(try await store.record(.token(of: nobody, named: "nobody", at: 1)) == false)
      #expect(try await store.tokens(of: .name("nobody"), limit: 9) == [])
    },
    StoreBehaviour("tokens that ended long ago are forgotten, a few at a time") { store in
      let alice = try await store.make("alice")
      for time in 1...5 {
        _ = try await store.record(.token(of: alice, named: "alice", at: Int64(time)))
      }
      let end = TokenRecord.token(of: alice, named: "alice", at: 4).expiresOn
      #expect(try await store.forgetTokens(expiredBefore: end, limit: 2) == 2)
      #expect(try await store.forgetTokens(expiredBefore: end, limit: 2) == 1)
      #expect(try await store.forgetTokens(expiredBefore: end, limit: 2) == 0)
      let left = try await store.tokens(of: .name("alice"), limit: 9)
      #expect(left.map(\.issuedOn.milliseconds) == [5, 4])
    },
    StoreBehaviour("revocations are told by name and by identity") { store in
      let alice = try await store.make("alice")
      let revocations = [2, 1].map {
        Revocation(
          identity: alice.identifier, revokedOn: Timestamp(milliseconds: $0), caller: "somebody")
      }
      for revocation in revocations.reversed() { try await store.record(revocation) }
      #expect(try await store.revocations(of: .name("alice")) == revocations)
      #expect(try await store.revocations(of: .identity(alice.identifier)) == revocations)
      #expect(try await store.revocations(of: .name("bob")) == [])
    },
    StoreBehaviour("fifty at once are all recorded") { store in
      let alice = try await store.make("alice")
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for time in 1...50 {
          group.addTask {
            try await store.record(.token(of: alice, named: "alice", at: Int64(time)))
          }
        }
        for try await isKept in group { #expect(isKept) }
      }
      let told = try await store.tokens(of: .name("alice"), limit: 99)
      #expect(Set(told.map(\.issuedOn.milliseconds)) == Set(1...50))
    },
    StoreBehaviour("twenty at once who make an identity for a name agree on one") { store in
      let people = try await withThrowingTaskGroup(of: Person.self) { group in
        for number in 1...20 {
          let person = Person(identifier: .numbered("\(number)"), displayName: "Alice")
          group.addTask {
            try await store.add(person, name: "alice", replacing: nil, now: .epoch)
          }
        }
        return try await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(people.count == 1)
      #expect(try await store.person(named: "alice") == people.first)
      #expect(try await store.users(after: nil, limit: 99).count == 1)
    },
  ]

  static let erasures: [StoreBehaviour] = [
    StoreBehaviour("an erased person is nobody at once, and the identity waits for its end") {
      store in
      let alice = try await store.make("alice")
      #expect(try await store.beginErasure(of: alice.identifier, now: .epoch))
      #expect(try await store.person(named: "alice") == nil)
      #expect(try await store.person(with: alice.identifier) == nil)
      #expect(try await store.people(matching: "", limit: 9) == [])
      #expect(
        try await store.erasures() == [PendingErasure(identity: alice.identifier, name: "alice")])
      #expect(try await store.record(.token(of: alice, named: "alice", at: 1)) == false)
      // The name is free meanwhile.
      let new = Person(identifier: .numbered("new"), displayName: "Alice")
      #expect(try await store.add(new, name: "alice", replacing: nil, now: .epoch) == new)
    },
    StoreBehaviour("an erasure can begin again, and leaves nothing when it ends") { store in
      let alice = try await store.make("alice")
      let bob = try await store.make("bob")
      for person in [alice, bob] {
        _ = try await store.record(.token(of: person, named: nil, at: 1))
        try await store.record(
          Revocation(identity: person.identifier, revokedOn: .epoch, caller: "x"))
      }
      #expect(try await store.beginErasure(of: alice.identifier, now: .epoch))
      #expect(try await store.beginErasure(of: alice.identifier, now: .epoch))
      try await store.endErasure(of: alice.identifier)
      try await store.endErasure(of: alice.identifier)
      #expect(try await store.erasures() == [])
      #expect(try await store.tokens(of: .identity(alice.identifier), limit: 9) == [])
      #expect(try await store.revocations(of: .identity(alice.identifier)) == [])
      #expect(try await store.beginErasure(of: alice.identifier, now: .epoch) == false)
      #expect(try await store.tokens(of: .identity(bob.identifier), limit: 9).count == 1)
      #expect(try await store.revocations(of: .identity(bob.identifier)).count == 1)
    },
  ]
}

extension TokenRecord {
  static func token(of person: Person, named name: String?, at time: Int64) -> TokenRecord {
    let now = Timestamp(milliseconds: time)
    return TokenRecord(
      identity: person.identifier, name: name, issuedOn: now, expiresOn: now + .seconds(3600),
      scopes: [.chat, .voip], credential: "access key", caller: "key web-app", reason: "GET /token")
  }
}
