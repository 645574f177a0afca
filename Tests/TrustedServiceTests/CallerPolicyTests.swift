import ACSTypes
import Testing

@testable import TrustedService

@Suite("What a caller gets")
struct CallerPolicyTests {
  /// Who asks, by the way they prove themselves.
  enum Who: String, Sendable {
    case nobody, alice, anyService, twoService, ownService, events

    func caller(_ allowance: Allowance) throws -> Caller {
      let alice = try CallerName("alice", member: "user")
      let bob = try CallerName("Bob", member: "user")
      let reach: Caller.Reach =
        switch self {
        case .nobody: .whoeverIsNamed
        case .alice: .itself(alice)
        case .anyService: .others(.anybody, own: nil)
        case .twoService: .others(.these([alice, bob]), own: nil)
        case .ownService: .others(.these([bob]), own: alice)
        case .events: .nobody
        }
      return Caller(label: rawValue, reach: reach, allowance: allowance)
    }
  }

  /// For whom the token is: a user, a new identity, or nobody with this status.
  enum Whose: Sendable, Equatable {
    case user(String)
    case somebodyNew
    case refused(Int)
  }

  @Test(
    "a caller gets tokens for its own identity only, whatever it names",
    arguments: [
      (Who.nobody, "bob", Whose.user("bob")), (.nobody, nil, .somebodyNew),
      (.alice, "bob", .user("alice")), (.alice, "alice", .user("alice")),
      (.alice, nil, .user("alice")), (.alice, "=Alice", .user("alice")),
      (.anyService, "bob", .user("bob")), (.anyService, nil, .somebodyNew),
      (.twoService, "bob", .user("bob")), (.twoService, "BOB", .user("bob")),
      (.twoService, "carol", .refused(403)), (.twoService, nil, .refused(400)),
      (.ownService, nil, .user("alice")), (.ownService, "ALICE", .user("alice")),
      (.ownService, "bob", .user("bob")), (.ownService, "carol", .refused(403)),
      (.events, "alice", .refused(403)), (.events, nil, .refused(403)),
    ] as [(Who, String?, Whose)])
  func identities(_ who: Who, _ named: String?, _ whose: Whose) throws {
    let caller = try who.caller(Allowance())
    let name = try named.map { try CallerName($0, member: "user") }
    let found: Whose
    do {
      let granted = try caller.granted(TokenRequest(name: name))
      found = granted.name.map { .user($0.key) } ?? .somebodyNew
    } catch {
      found = .refused(error.status)
    }
    #expect(found == whose)
  }

  @Test(
    "scopes are those asked for, if allowed, else those of the usual that are",
    arguments: [
      ([.chat, .voip], [], [.chat, .voip]), ([.chat], [], [.chat]),
      ([.voipJoin], [], [.voipJoin]), ([.chat, .chatJoin], [.chatJoin], [.chatJoin]),
      ([.chat], [.voip], nil), ([.chat], [.chat, .voip], nil), ([.chatJoin], [.chat], nil),
    ] as [([TokenScope], [TokenScope], [TokenScope]?)])
  func scopes(_ allowed: [TokenScope], _ wanted: [TokenScope], _ given: [TokenScope]?) throws {
    let caller = try Who.alice.caller(Allowance(scopes: allowed))
    let granted = try? caller.granted(TokenRequest(name: nil, scopes: wanted))
    #expect(granted?.scopes == given)
    if given == nil {
      #expect(throws: RequestProblem.self) {
        try caller.granted(TokenRequest(name: nil, scopes: wanted))
      }
    }
  }

  @Test(
    "a lifetime is the one asked for, up to the caller's limit",
    arguments: [
      (1440, nil, .some(nil)), (120, nil, 120), (120, 60, 60), (120, 120, 120), (120, 121, nil),
      (1440, 1440, 1440), (60, 61, nil),
    ] as [(Int, Int?, Int??)])
  func lifetimes(_ limit: Int, _ wanted: Int?, _ given: Int??) throws {
    let caller = try Who.alice.caller(Allowance(maximumLifetime: limit))
    var request = TokenRequest(name: nil)
    request.lifetime = wanted
    let granted = try? caller.granted(request)
    #expect(granted.map(\.lifetime) == given)
  }

  @Test(
    "a lifetime outside of what the service gives is refused in words",
    arguments: ["59", "1441", "-1", "x", "61.5", ""])
  func impossibleLifetimes(_ text: String) throws {
    let query = try QueryItems(Substring("expiresInMinutes=\(text)"))
    let problem = #expect(throws: RequestProblem.self) { try TokenRequest(query: query) }
    #expect(problem?.status == 400)
    #expect(problem?.message.contains("expiresInMinutes") == true)
    let body = Array(#"{"expiresInMinutes":\#(text.isEmpty ? "\"\"" : text)}"#.utf8)
    #expect(throws: RequestProblem.self) {
      try TokenRequest(body: body, query: QueryItems(""))
    }
  }

  @Test("the name that an authority tells cannot be changed by the request")
  func displayName() throws {
    var caller = try Who.alice.caller(Allowance())
    var request = TokenRequest(name: nil)
    request.displayName = try CallerName("The Director", member: "displayName")
    #expect(try caller.granted(request).displayName?.text == "The Director")
    caller.displayName = try CallerName("Alice", member: "displayName")
    #expect(try caller.granted(request).displayName?.text == "Alice")
  }

  @Test("an authority's subjects differ by case, and never meet another user's name by it")
  func subjects() throws {
    let keys = try ["abc", "Abc", "ABC", "=Abc", "=abc"].map { try CallerName(subject: $0).key }
    #expect(Set(keys).count == keys.count)
    #expect(try CallerName("abc", member: "user").key == keys[0])
    for name in ["Abc", "=Abc", "==Abc", "ABC"] {
      #expect(!keys[1...3].contains(try CallerName(name, member: "user").key))
    }
    #expect(throws: RequestProblem.self) { try CallerName(subject: " abc") }
    #expect(throws: RequestProblem.self) { try CallerName(subject: "a\u{1B}b") }
    #expect(try CallerName(subject: String(repeating: "a", count: 255)).text.count == 255)
  }
}
