import ACSClient
import ACSTypes
import ACSWire
import ServiceAuth
import Services
import Synchronization
import TestKit
import Testing

@testable import TrustedService

/// An authority with keys that change, or that is away.
private final class Authority: HTTPExchange {
  static let issuer = "https://id.example"

  struct State {
    var keys: [RSAKey]
    var isDown = false
    var fetches = 0
    var answer: HTTPResponse?
  }

  let state: Mutex<State>

  init(_ keys: [RSAKey]) {
    state = Mutex(State(keys: keys))
  }

  func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
    try state.withLock { state in
      state.fetches += 1
      guard !state.isDown else { throw TransportError(.cannotConnect, "Nothing answers.") }
      if let answer = state.answer { return answer }
      if request.target == "/.well-known/openid-configuration" {
        let json: JSONValue = [
          "issuer": .string(Authority.issuer), "jwks_uri": .string("\(Authority.issuer)/keys"),
        ]
        return .json(json)
      }
      return .json(["keys": .array(state.keys.map { $0.publicKey })])
    }
  }

  var fetches: Int { state.withLock { $0.fetches } }
}

@Suite("Tokens of an authority")
struct OIDCTests {
  private static let key = try? RSAKey.generate()
  private static let otherKey = try? RSAKey.generate()

  private let clock = ManualClock()
  private var rules: CallerRules {
    var oidc = OIDCRules(issuer: Authority.issuer, audiences: ["api://confab", "confab"])
    oidc.keySetURL = "\(Authority.issuer)/keys"
    return CallerRules(oidc: oidc, unproved: nil)
  }

  private func claims(_ changes: JSONObject = [:]) -> JSONValue {
    var claims: JSONObject = [
      "iss": .string(Authority.issuer), "aud": "api://confab", "sub": "alice-1",
      "exp": .integer(clock.now.seconds + 3600), "iat": .integer(clock.now.seconds),
    ]
    for member in changes.members {
      claims[member.name] = member.value.isNull ? nil : member.value
    }
    return .object(claims)
  }

  private func request(_ token: Secret) -> HTTPRequest {
    HTTPRequest(
      method: "GET", origin: "http://127.0.0.1", target: "/token",
      headers: ["Authorization": "Bearer \(token.reveal())"])
  }

  /// What the rules make of claims: `nil` for a caller, else status and code.
  private func verdict(_ rules: OIDCRules, _ changes: JSONObject) -> String? {
    do {
      _ = try rules.caller(claims(changes), now: clock.now)
      return nil
    } catch {
      return "\(error.status) \(error.code)"
    }
  }

  @Test("claims hold for this service, now, or not at all")
  func claimTable() throws {
    let rules = try #require(rules.oidc)
    let now = clock.now.seconds
    let table: [(JSONObject, String?)] = [
      ([:], nil), (["aud": ["x", "confab"]], nil), (["nbf": .integer(now)], nil),
      (["exp": .integer(now - 59)], nil), (["nbf": .integer(now + 60)], nil),
      (["exp": .number(Double(now) + 0.5)], nil),
      (["iss": "https://id.example/"], "401 InvalidToken"),
      (["iss": "https://evil.example"], "401 InvalidToken"), (["iss": nil], "401 InvalidToken"),
      (["aud": "api://other"], "401 InvalidToken"), (["aud": []], "401 InvalidToken"),
      (["aud": nil], "401 InvalidToken"), (["aud": ["confab2"]], "401 InvalidToken"),
      (["exp": .integer(now - 60)], "401 InvalidToken"), (["exp": nil], "401 InvalidToken"),
      (["exp": "2099"], "401 InvalidToken"), (["nbf": .integer(now + 61)], "401 InvalidToken"),
      (["nbf": "soon"], "401 InvalidToken"), (["iat": .integer(now + 61)], "401 InvalidToken"),
      (["sub": nil], "403 CallerNotAllowed"), (["sub": ""], "403 CallerNotAllowed"),
      (["sub": 7], "403 CallerNotAllowed"),
    ]
    for (changes, expected) in table {
      #expect(verdict(rules, changes) == expected, "\(changes)")
    }
  }

  @Test("scope and client are looked at where the rules ask for them")
  func parties() throws {
    var rules = try #require(rules.oidc)
    rules.requiredScope = "access_as_user"
    rules.authorizedParties = ["client-1"]
    let table: [(JSONObject, String?)] = [
      (["scp": "a access_as_user", "azp": "client-1"], nil),
      (["scope": "access_as_user", "appid": "client-1"], nil),
      (["scp": ["access_as_user"], "azp": "client-1"], nil),
      (["scp": "access_as_user2", "azp": "client-1"], "403 ScopeMissing"),
      (["azp": "client-1"], "403 ScopeMissing"),
      (["scp": "access_as_user", "azp": "client-2"], "403 CallerNotAllowed"),
      (["scp": "access_as_user"], "403 CallerNotAllowed"),
    ]
    for (changes, expected) in table {
      #expect(verdict(rules, changes) == expected, "\(changes)")
    }
    rules = OIDCRules(issuer: Authority.issuer, audiences: ["confab"])
    rules.userClaim = "oid"
    rules.displayNameClaim = "name"
    let caller = try rules.caller(
      claims(["aud": "confab", "oid": "A-1", "name": "Alice L."]), now: clock.now)
    #expect(caller.users?.map(\.key) == ["=A-1"])
    #expect(caller.displayName?.text == "Alice L.")
    #expect(caller.objectID == "A-1")
    #expect(caller.label == "oidc")
  }

  @Test("a token is taken by its signature, and by no other algorithm's")
  func signatures() async throws {
    let key = try #require(Self.key)
    let other = try #require(Self.otherKey)
    let authority = Authority([key])
    let authentication = CallerAuthentication(exchange: authority, clock: clock)
    let good = try JWT.sign(claims(), with: key)
    let caller = try await authentication.caller(of: request(good), by: rules)
    #expect(caller.users?.map(\.key) == ["alice-1"])

    let parts = good.reveal().split(separator: ".").map(String.init)
    let none = #"{"alg":"none","kid":"\#(key.id)"}"#
    let critical = #"{"alg":"RS256","kid":"\#(key.id)","crit":["x"],"x":1}"#
    let foreign = try JWT.sign(claims(), with: other).reveal().split(separator: ".")
    let bad = [
      "\(Array(none.utf8).base64URL).\(parts[1]).",
      "\(Array(none.utf8).base64URL).\(parts[1]).\(parts[2])",
      "\(Array(critical.utf8).base64URL).\(parts[1]).\(parts[2])",
      "\(parts[0]).\(claims(["sub": "bob"]).bytes.base64URL).\(parts[2])",
      "\(parts[0]).\(parts[1]).\(foreign[2])", "\(parts[0]).\(parts[1]).",
      "\(parts[0]).\(parts[1])",
      "a.b.c", "", "confab_x", String(repeating: "a", count: 20_000),
    ]
    for text in bad {
      let problem = await #expect(throws: RequestProblem.self) {
        try await authentication.caller(of: request(Secret(text)), by: rules)
      }
      #expect(problem?.status == 401, "\(text)")
      #expect(problem?.challenge?.contains("Bearer") == true)
    }
  }

  @Test("a new key is fetched when a token names it; a made-up one is not asked for without end")
  func rotation() async throws {
    let key = try #require(Self.key)
    let other = try #require(Self.otherKey)
    let authority = Authority([key])
    let authentication = CallerAuthentication(exchange: authority, clock: clock)
    let first = try JWT.sign(claims(), with: key)
    _ = try await authentication.caller(of: request(first), by: rules)
    _ = try await authentication.caller(of: request(first), by: rules)
    #expect(authority.fetches == 1)
    authority.state.withLock { $0.keys = [other] }
    let second = try JWT.sign(claims(), with: other)
    _ = try await authentication.caller(of: request(second), by: rules)
    #expect(authority.fetches == 2)
    // The old key is no longer published, so it counts no more.
    await #expect(throws: RequestProblem.self) {
      try await authentication.caller(of: request(first), by: rules)
    }
    for _ in 0..<50 {
      _ = try? await authentication.caller(of: request(first), by: rules)
    }
    #expect(authority.fetches < 10)
    clock.advance(by: .seconds(31))
    authority.state.withLock { $0.keys = [other, key] }
    _ = try await authentication.caller(of: request(first), by: rules)
  }

  @Test("while the authority is away, known keys go on and nothing else is decided")
  func authorityDown() async throws {
    let key = try #require(Self.key)
    let other = try #require(Self.otherKey)
    let authority = Authority([key])
    let authentication = CallerAuthentication(exchange: authority, clock: clock)
    authority.state.withLock { $0.isDown = true }
    let problem = await #expect(throws: RequestProblem.self) {
      try await authentication.caller(
        of: request(try JWT.sign(claims(), with: key)), by: rules)
    }
    #expect(problem?.status == 503)
    #expect(problem?.retryAfter != nil)
    #expect(problem?.message.contains("Nothing answers") == true)
    #expect(await authentication.keySetCondition(by: rules) != .usable)
    // It is not asked again at once.
    let fetches = authority.fetches
    _ = try? await authentication.caller(of: request(try JWT.sign(claims(), with: key)), by: rules)
    #expect(authority.fetches == fetches)

    authority.state.withLock { $0.isDown = false }
    clock.advance(by: .seconds(3))
    _ = try await authentication.caller(of: request(try JWT.sign(claims(), with: key)), by: rules)
    #expect(await authentication.keySetCondition(by: rules) == .usable)

    authority.state.withLock { $0.isDown = true }
    clock.advance(by: .seconds(100_000))
    _ = try await authentication.caller(of: request(try JWT.sign(claims(), with: key)), by: rules)
    #expect(await authentication.keySetCondition(by: rules) == .usable)
    let unknown = await #expect(throws: RequestProblem.self) {
      try await authentication.caller(
        of: request(try JWT.sign(claims(), with: other)), by: rules)
    }
    #expect(unknown?.status == 503)
  }

  @Test("a caller whom Entra proved brings no other person's Teams token")
  func foreignTeamsToken() async throws {
    let key = try #require(Self.key)
    let authority = Authority([key])
    let teams = TeamsRoutes(
      identities: IdentityClient(
        endpoint: "http://127.0.0.1:7750", exchange: authority,
        authoriser: HMACSigner(key: Town.key, clock: clock)),
      ledger: TokenLedger(
        users: try SQLiteUserStore(path: nil), credential: "access key", clock: clock,
        audit: { _ in }), metrics: Metrics(startedOn: clock.now))
    let caller = try #require(rules.oidc).caller(claims(["oid": "alice"]), now: clock.now)
    let proof = try JWT.sign(claims(["oid": "bob", "azp": "app"]), with: key)
    let call = RouteCall(
      request: HTTPRequest(
        method: "GET", origin: "", target: "/api/token/teams",
        headers: ["teams-user-aad-token": proof.reveal()]),
      parameters: [], caller: caller, rules: ServiceRules(), peer: .unknown)
    let problem = await #expect(throws: RequestProblem.self) {
      try await teams.routes[0].respond(call)
    }
    #expect(problem?.status == 403)
    #expect(authority.fetches == 0)
  }

  @Test("discovery must speak for the issuer that is configured")
  func discovery() async throws {
    let key = try #require(Self.key)
    let authority = Authority([key])
    var rules = rules
    rules.oidc?.keySetURL = nil
    let good = CallerAuthentication(exchange: authority, clock: clock)
    _ = try await good.caller(of: request(try JWT.sign(claims(), with: key)), by: rules)
    #expect(authority.fetches == 2)
    for answer: JSONValue in [
      ["issuer": "https://evil.example", "jwks_uri": "https://evil.example/keys"],
      ["issuer": .string(Authority.issuer)],
      ["issuer": .string(Authority.issuer), "jwks_uri": "http://id.example/keys"],
    ] {
      authority.state.withLock { $0.answer = .json(answer) }
      let bad = CallerAuthentication(exchange: authority, clock: clock)
      let problem = await #expect(throws: RequestProblem.self) {
        try await bad.caller(of: request(try JWT.sign(claims(), with: key)), by: rules)
      }
      #expect(problem?.status == 503)
    }
  }
}
