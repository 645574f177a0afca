import ACSTypes
import FoundationEssentials
import Services
import Testing

@testable public import TrustedService

/// Something that every store of users does, whatever it is made of.
struct StoreBehaviour: Sendable, CustomTestStringConvertible {
  let name: String
  let check: @Sendable (any UserStore) async throws -> Void

  init(_ name: String, _ check: @escaping @Sendable (any UserStore) async throws -> Void) {
    self.name = name
    self.check = check
  }

  var testDescription: String { name }

  static let all: [StoreBehaviour] = directory + records + erasures

  private static let directory: [StoreBehaviour] = [
    StoreBehaviour("a person is found by name in whatever case, and by identity") { store in
      let alice = try await store.make("alice", "Alice Liddell")
      #expect(try await store.person(named: "ALICE") == alice)
      #expect(try await store.person(with: alice.identifier) == alice)
      #expect(try await store.person(named: "bob") == nil)
      #expect(try await store.person(with: .numbered("none")) == nil)
      let record = UserRecord(person: alice, name: "alice", createdOn: .epoch)
      #expect(try await store.user(.name("Alice")) == record)
      #expect(try await store.user(.identity(alice.identifier)) == record)
      #expect(try await store.user(.name("bob")) == nil)
    },
    StoreBehaviour("what no row can hold is nobody") { store in
      _ = try await store.make("alice")
      #expect(try await store.person(with: .init(rawID: "8:acs:a\u{0}b")) == nil)
      #expect(try await store.people(matching: "\u{0}", limit: 9) == [])
      #expect(try await store.displayNames(of: [.init(rawID: "\u{0}")]) == [:])
      #expect(try await store.beginErasure(of: .init(rawID: "\u{0}"), now: .epoch) == false)
    },
    StoreBehaviour("quotes, signs and every script are kept as they are") { store in
      for name in [#"o'brien "x" \ {},%_"#, "Ωμέγα 🍜", "NULL", "'; DROP TABLE users; --"] {
        let person = try await store.make(name, name)
        #expect(try await store.person(named: CallerName(name, member: "user")) == person)
        #expect(try await store.displayNames(of: [person.identifier]) == [person.identifier: name])
        #expect(try await store.people(matching: name, limit: 9).contains(person))
      }
    },
    StoreBehaviour("of two who make an identity for a name, the first one counts") { store in
      let first = try await store.make("alice")
      let second = Person(identifier: .numbered("late"), displayName: "Late")
      let winner = try await store.add(second, name: "Alice", replacing: nil, now: .epoch)
      #expect(winner == first)
      #expect(try await store.person(with: second.identifier) == nil)
    },
    StoreBehaviour("an identity is replaced by who names it, once") { store in
      let old = try await store.make("alice")
      let new = Person(identifier: .numbered("new"), displayName: "Alice")
      #expect(
        try await store.add(new, name: "alice", replacing: old.identifier, now: .epoch) == new)
      #expect(try await store.person(named: "alice") == new)
      #expect(try await store.person(with: old.identifier) == nil)
      let newer = Person(identifier: .numbered("newer"), displayName: "Alice")
      #expect(
        try await store.add(newer, name: "alice", replacing: old.identifier, now: .epoch) == new)
    },
    StoreBehaviour("adding the same person a second time changes nothing") { store in
      let alice = try await store.make("alice")
      #expect(try await store.add(alice, name: "alice", replacing: nil, now: .epoch) == alice)
      #expect(try await store.users(after: nil, limit: 9).count == 1)
    },
    StoreBehaviour("a claim is granted for a free name, and tells who has another") { store in
      #expect(try await store.claim("alice", replacing: nil) == .granted)
      try await store.release("alice")
      #expect(try await store.claim("alice", replacing: nil) == .granted)
      let alice = try await store.make("alice")
      #expect(try await store.claim("ALICE", replacing: nil) == .known(alice))
      #expect(try await store.claim("alice", replacing: alice.identifier) == .granted)
    },
    StoreBehaviour("people without a name are never mixed up") { store async throws in
      for number in 1...3 {
        let person = Person(identifier: .numbered("\(number)"), displayName: "")
        #expect(try await store.add(person, name: nil, replacing: nil, now: .epoch) == person)
      }
      #expect(try await store.users(after: nil, limit: 9).count == 3)
      #expect(try await store.people(matching: "", limit: 9) == [])
    },
    StoreBehaviour("people are found by any part of the name to show, in order") { store in
      for name in ["carol", "alice", "bob", "100%"] {
        _ = try await store.make(name, name.capitalized)
      }
      func names(_ text: String, limit: Int = 9) async throws -> [String] {
        try await store.people(matching: text, limit: limit).map(\.displayName)
      }
      #expect(try await names("") == ["100%", "Alice", "Bob", "Carol"])
      #expect(try await names("AL") == ["Alice"])
      #expect(try await names("%") == ["100%"])
      #expect(try await names("_") == [])
      #expect(try await names("", limit: 2) == ["100%", "Alice"])
    },
    StoreBehaviour("a new name to show is found, the old one is not") { store in
      let alice = try await store.make("alice", "Alice")
      try await store.rename(alice.identifier, to: "Alicia")
      #expect(try await store.person(named: "alice")?.displayName == "Alicia")
      #expect(try await store.people(matching: "alice", limit: 9) == [])
      #expect(try await store.displayNames(of: [alice.identifier, .numbered("x")]).count == 1)
    },
    StoreBehaviour("everybody is told in pages, the longest known first") { store in
      for number in 1...5 { _ = try await store.make("user \(number)", on: Int64(number / 2)) }
      var all: [UserRecord] = []
      while true {
        let page = try await store.users(after: all.last, limit: 2)
        if page.isEmpty { break }
        all += page
      }
      #expect(all.map(\.name) == (1...5).map { "user \($0)" })
      #expect(all.map(\.createdOn.milliseconds) == [0, 1, 1, 2, 2])
    },
  ]
}

extension UserStore {
  /// Keeps a person under `name`, with an identity made of it.
  func make(
    _ name: String, _ displayName: String? = nil, on milliseconds: Int64 = 0
  ) async throws -> Person {
    let person = Person(identifier: .numbered(name), displayName: displayName ?? name)
    return try await add(
      person, name: CallerName(name, member: "user"), replacing: nil,
      now: Timestamp(milliseconds: milliseconds))
  }
}

extension CommunicationIdentifier {
  static func numbered(_ text: String) -> CommunicationIdentifier {
    CommunicationIdentifier(rawID: "8:acs:0_\(text)")
  }
}

extension CallerName: ExpressibleByStringLiteral {
  /// A name that a test gives.
  public init(stringLiteral text: String) {
    guard let name = CallerName(text) else { preconditionFailure("\(text) is no name") }
    self = name
  }
}
