import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import TrustedService

@Suite("API keys")
struct CallerKeyTests {
  private let random = SeededRandom(seed: 4)
  private let now = Timestamp(seconds: 1_795_228_197)

  private func make(_ name: String, others: CallerKey.Others? = nil) throws -> (CallerKey, Secret) {
    CallerKey.make(
      name: name, user: try CallerName("alice", member: "user"), others: others,
      allowance: Allowance(
        scopes: [.chat], maximumLifetime: 90, rate: RateLimit(perSecond: 2, burst: 5)),
      now: now, random: random)
  }

  @Test("a key is found by its text alone, and nothing near it is one")
  func matching() throws {
    var ring = CallerKeyRing()
    let (one, key) = try make("one")
    let (two, other) = try make("two")
    ring.add(one)
    ring.add(two)
    #expect(ring.key(matching: key) == one)
    #expect(ring.key(matching: other) == two)
    let text = key.reveal()
    #expect(text.hasPrefix("confab_"))
    // 256 bits in Base64 for URLs.
    #expect(text.split(separator: "_", maxSplits: 2).last?.utf8.count == 43)
    let id = try #require(CallerKey.id(in: key))
    let secret = text.dropFirst("confab_\(id)_".count)
    let otherID = try #require(CallerKey.id(in: other))
    for wrong in [
      "", "confab_", "confab_\(id)", "confab_\(id)_", "\(text)A", String(text.dropLast()),
      text.lowercased(), "confab_\(otherID)_\(secret)", "\(text) ",
      "confab_\(id)_" + String(repeating: "A", count: 43),
    ] {
      #expect(ring.key(matching: Secret(wrong)) == nil, "\(wrong)")
    }
    let wasThere = ring.remove(named: "one")
    #expect(wasThere)
    #expect(ring.key(matching: key) == nil)
    let isThere = ring.remove(named: "one")
    #expect(!isThere)
  }

  @Test("what is kept tells no key, and comes back the same")
  func file() throws {
    var ring = CallerKeyRing()
    var secrets: [Secret] = []
    for (name, others) in [
      ("one", nil), ("two", CallerKey.Others.anybody),
      ("three", .these([try CallerName("Bob", member: "user")])),
    ] as [(String, CallerKey.Others?)] {
      let (kept, key) = try make(name, others: others)
      ring.add(kept)
      secrets.append(key)
    }
    let text = ring.json.text
    for secret in secrets {
      let hidden = try #require(secret.reveal().split(separator: "_", maxSplits: 2).last)
      #expect(!text.contains(hidden))
    }
    #expect(try CallerKeyRing(JSONValue.parse(Array(text.utf8))) == ring)
  }

  @Test(
    "a damaged file is refused whole, so that no key loses its limits",
    arguments: [
      "[]", "{}", #"{"keys":[{}]}"#,
      #"{"keys":[{"name":"a","id":"b","scopes":[],"maximumLifetime":60,"salt":"","sha256":""}]}"#,
    ])
  func damage(_ text: String) throws {
    let json = try JSONValue.parse(Array(text.utf8))
    #expect(throws: CallerKeyRing.Damage.self) { try CallerKeyRing(json) }
  }

  @Test("a key for events asks for nobody")
  func events() throws {
    let (kept, _) = CallerKey.make(
      name: "grid", user: nil, postsEvents: true, allowance: Allowance(), now: now, random: random)
    #expect(kept.caller.reach == .nobody)
    #expect(kept.caller.postsEvents)
  }
}
