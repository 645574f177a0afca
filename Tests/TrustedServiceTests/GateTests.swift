import ACSTypes
import ACSWire
import ServiceAuth
import Synchronization
import TestKit
import Testing

@testable import TrustedService

@Suite("The way into the service")
struct GateTests {
  /// A town whose callers prove themselves by keys.
  private func closedTown(
    _ change: (inout ServiceRules) -> Void = { _ in }
  ) throws -> (town: Town, keys: [String: Secret]) {
    var ring = CallerKeyRing()
    var keys: [String: Secret] = [:]
    func add(
      _ name: String, user: String? = nil, others: CallerKey.Others? = nil, events: Bool = false,
      allowance: Allowance = Allowance()
    ) throws {
      let (kept, key) = CallerKey.make(
        name: name, user: try user.map { try CallerName($0, member: "user") }, others: others,
        postsEvents: events, allowance: allowance, now: Timestamp(seconds: 0),
        random: SeededRandom(seed: UInt64(keys.count) + 90))
      ring.add(kept)
      keys[name] = key
    }
    try add("alice", user: "alice")
    try add("bob", user: "bob", allowance: Allowance(scopes: [.chat], maximumLifetime: 120))
    try add("web", others: .anybody)
    try add("grid", events: true)
    var rules = ServiceRules()
    rules.callers = CallerRules(keys: ring, unproved: nil)
    change(&rules)
    return (try Town(rules: rules), keys)
  }

  private func bearer(_ key: Secret?) -> HTTPHeaders {
    ["Authorization": "Bearer \(key?.reveal() ?? "")"]
  }

  private func identity(_ response: HTTPResponse) -> String? {
    try? JSONValue.parse(response.body)["user"]?["communicationUserId"]?.string
  }

  @Test("tokens are for the caller alone, under every path")
  func ownIdentity() async throws {
    let (town, keys) = try closedTown()
    let alice = bearer(keys["alice"])
    let own = await town.ask("GET", "/token", headers: alice)
    #expect(own.status == 200)
    let identity = try #require(self.identity(own))
    for (method, target, body) in [
      ("GET", "/token?user=bob", ""), ("POST", "/token", #"{"user":"bob"}"#),
      ("GET", "/api/token?user=bob", ""), ("POST", "/refreshToken/\(identity.percentEncoded)", ""),
    ] {
      let response = await town.ask(method, target, body: body, headers: alice)
      #expect(response.isSuccess, "\(target)")
      #expect(self.identity(response) == identity, "\(target)")
    }
    let bob = await town.ask("GET", "/token", headers: bearer(keys["bob"]))
    let bobs = try #require(self.identity(bob))
    #expect(bobs != identity)
    for foreign in [bobs, "8:acs:nobody", "x"] {
      let refused = await town.ask(
        "POST", "/refreshToken/\(foreign.percentEncoded)", headers: alice)
      #expect(refused.status == 403)
      #expect(self.identity(refused) == nil)
    }
    let service = await town.ask("GET", "/token?user=bob", headers: bearer(keys["web"]))
    #expect(self.identity(service) == bobs)
    let renewed = await town.ask(
      "POST", "/refreshToken/\(bobs.percentEncoded)", headers: bearer(keys["web"]))
    #expect(self.identity(renewed) == bobs)
  }

  @Test("scopes and lifetime are limited by the key")
  func limits() async throws {
    let (town, keys) = try closedTown()
    let bob = bearer(keys["bob"])
    let token = try Grant(await town.ask("GET", "/token", headers: bob)).token
    let claims = try TokenClaims(jwt: token)
    #expect(claims.scopes == [.chat])
    #expect(claims.expiresOn - town.clock.now <= .seconds(7200))
    #expect(await town.ask("GET", "/token?scope=voip", headers: bob).status == 403)
    #expect(await town.ask("GET", "/token?expiresInMinutes=121", headers: bob).status == 403)
    #expect(await town.ask("GET", "/token?expiresInMinutes=60", headers: bob).status == 200)
    #expect(await town.ask("GET", "/token?expiresInMinutes=59", headers: bob).status == 400)
    #expect(await town.ask("GET", "/token?expiresInMinutes=1441", headers: bob).status == 400)
  }

  @Test("a user is made, told, revoked and erased by the caller whose it is")
  func ownUser() async throws {
    let (town, keys) = try closedTown()
    let alice = bearer(keys["alice"])
    func identity(_ response: HTTPResponse) -> String? {
      try? JSONValue.parse(response.body)["acsUserIdentity"]?.string
    }
    let none = await town.ask("GET", "/api/user", headers: alice)
    #expect(none.status == 404)
    #expect(try JSONValue.parse(none.body)["code"] == 404)
    let made = await town.ask("POST", "/api/user?user=bob", headers: alice)
    #expect(made.status == 201)
    let id = try #require(identity(made))
    #expect(await town.ask("POST", "/api/user", headers: alice).status == 200)
    #expect(identity(await town.ask("GET", "/api/user?user=bob", headers: alice)) == id)
    let token = try await Grant(town.ask("GET", "/token", headers: alice))
    #expect(token.identity.rawID == id)
    func chat(_ token: Secret) async throws -> Int {
      try await town.wire.exchange(
        HTTPRequest(
          method: "GET", origin: Town.endpoint,
          target: "/chat/threads?api-version=2024-03-07",
          headers: ["Authorization": "Bearer \(token.reveal())"])
      ).status
    }
    #expect(try await chat(token.token) == 200)
    #expect(await town.ask("DELETE", "/token?user=bob", headers: alice).status == 204)
    #expect(try await chat(token.token) == 401)
    // Nobody else can.
    let bob = bearer(keys["bob"])
    for (method, path) in [("DELETE", "/token"), ("DELETE", "/api/user"), ("GET", "/api/user")] {
      #expect(await town.ask(method, "\(path)?user=alice", headers: bob).status == 404)
    }
    #expect(await town.ask("DELETE", "/api/user", headers: alice).status == 204)
    #expect(await town.ask("GET", "/api/user", headers: alice).status == 404)
    #expect(await town.ask("DELETE", "/api/user", headers: alice).status == 404)
    let again = try await Grant(town.ask("GET", "/token", headers: alice))
    #expect(again.identity != token.identity)
    // A service says whom it means.
    let web = bearer(keys["web"])
    #expect(await town.ask("GET", "/api/user", headers: web).status == 400)
    #expect(await town.ask("DELETE", "/api/user?user=alice", headers: web).status == 204)
  }

  @Test("whoever proves nothing gets nothing, and is told what is wanted")
  func unproved() async throws {
    let (town, keys) = try closedTown()
    for (method, target) in [
      ("GET", "/token?user=alice"), ("POST", "/token"), ("GET", "/api/token"), ("GET", "/users?q="),
      ("POST", "/refreshToken/x"), ("POST", "/events"), ("GET", "/gateway"),
    ] {
      let response = await town.ask(method, target, body: "[]")
      #expect(response.status == 401, "\(target)")
      #expect(response.headers["Cache-Control"] == "no-store")
    }
    #expect(
      await town.ask("GET", "/token").headers["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
    let wrong = await town.ask("GET", "/token", headers: ["X-API-Key": "confab_00_wrong"])
    #expect(wrong.status == 401)
    #expect(!wrong.text.contains("wrong_"))
    let right = await town.ask(
      "GET", "/token", headers: ["X-API-Key": keys["alice"]?.reveal() ?? ""])
    #expect(right.status == 200)
    #expect(await town.ask("GET", "/healthz").status == 200)
    #expect(await town.ask("GET", "/getEndpointUrl").text == Town.endpoint)
  }

  @Test("events are posted with a key for it, in the query or a header, and by no other key")
  func events() async throws {
    let (town, keys) = try closedTown()
    let key = keys["grid"]?.reveal() ?? ""
    #expect(await town.ask("POST", "/events?key=\(key)", body: "[]").status == 200)
    #expect(
      await town.ask("POST", "/events", body: "[]", headers: ["X-API-Key": key]).status == 200)
    let other = keys["web"]?.reveal() ?? ""
    #expect(await town.ask("POST", "/events?key=\(other)", body: "[]").status == 401)
    #expect(await town.ask("GET", "/token", headers: ["X-API-Key": key]).status == 403)
    #expect(await town.ask("GET", "/users", headers: ["X-API-Key": key]).status == 403)
  }

  @Test("who asks too often waits, each by its own measure, and is told how long")
  func rates() async throws {
    let (town, keys) = try closedTown { rules in
      rules.callerLimit = RateLimit(perSecond: 0.5, burst: 3)
      rules.addressLimit = RateLimit(perSecond: 1, burst: 2)
    }
    func ask(_ name: String) async -> HTTPResponse {
      await town.ask("GET", "/token", headers: bearer(keys[name]))
    }
    for _ in 0..<3 { #expect(await ask("alice").status == 200) }
    let refused = await ask("alice")
    #expect(refused.status == 429)
    #expect(refused.headers["Retry-After"] == "2")
    #expect(await ask("bob").status == 200)
    town.clock.advance(by: .seconds(2))
    #expect(await ask("alice").status == 200)
    #expect(await ask("alice").status == 429)
    #expect(await ask("nobody").status == 401)
    #expect(await ask("nobody").status == 401)
    #expect(await ask("nobody").status == 429)
    #expect(await ask("bob").status == 200)
    for _ in 0..<20 { #expect(await town.ask("GET", "/healthz").status == 200) }
    #expect(await town.ask("GET", "/metrics").text.contains(#"by="caller"} 2"#))
  }

  @Test("buckets are forgotten before they are too many")
  func meterMemory() {
    let meter = RateMeter()
    let limit = RateLimit(perSecond: 10, burst: 10)
    let start = Timestamp(seconds: 1000)
    for number in 0..<(RateMeter.capacity * 3) {
      _ = meter.take("a\(number)", limit, now: start + .milliseconds(number))
    }
    #expect(meter.count <= RateMeter.capacity)
    // A clock that is set back gives nothing.
    #expect(meter.take("b", RateLimit(perSecond: 1, burst: 1), now: start) == nil)
    #expect(
      meter.take("b", RateLimit(perSecond: 1, burst: 1), now: start - .seconds(50))
        == .seconds(1))
  }

  @Test(
    "a request comes from the nearest stranger behind the proxies that are trusted",
    arguments: [
      ("10.1.2.3", "203.0.113.9", "203.0.113.9"), ("203.0.113.7", "203.0.113.9", "203.0.113.7"),
      ("10.1.2.3", "203.0.113.9, 10.0.0.4", "203.0.113.9"),
      ("10.1.2.3", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
      ("10.1.2.3", "", "10.1.2.3"), ("10.1.2.3", "nonsense", "10.1.2.3"),
      ("10.1.2.3", "203.0.113.9, nonsense", "10.1.2.3"), ("::1", "2001:db8::7", "2001:db8::7"),
      ("10.1.2.3", "203.0.113.9:4711", "203.0.113.9"), ("::ffff:10.1.2.3", "::1", "::1"),
    ])
  func proxies(_ peer: String, _ header: String, _ client: String) throws {
    var rules = ProxyRules()
    rules.trusted = ["10.0.0.0/8", "::1"].compactMap { NetworkRange($0) }
    let request = HTTPRequest(
      method: "GET", origin: "", target: "/", headers: ["X-Forwarded-For": header])
    let address = try #require(NetworkAddress(peer))
    #expect(rules.client(of: request, from: address).text == client)
  }

  @Test("only the header that the proxy sets is believed")
  func forwardedHeader() throws {
    var rules = ProxyRules()
    rules.trusted = [try #require(NetworkRange("127.0.0.1"))]
    rules.header = .forwarded
    var request = HTTPRequest(
      method: "GET", origin: "", target: "/",
      headers: [
        "Forwarded": #"for=192.0.2.1;proto=https, for="[2001:db8::1]:80";by=_x"#,
        "X-Forwarded-For": "203.0.113.1",
      ])
    let peer = try #require(NetworkAddress("127.0.0.1"))
    #expect(rules.client(of: request, from: peer).text == "2001:db8::1")
    request.headers["Forwarded"] = nil
    #expect(rules.client(of: request, from: peer).text == "127.0.0.1")
  }

  @Test(
    "ranges hold what begins alike",
    arguments: [
      ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
      ("10.1.0.0/15", "10.0.255.255", true), ("192.0.2.7", "192.0.2.7", true),
      ("192.0.2.7", "192.0.2.8", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
      ("2001:db8::/33", "2001:db8:8000::1", false), ("0.0.0.0/0", "::1", false),
    ])
  func ranges(_ range: String, _ address: String, _ isIn: Bool) throws {
    #expect(
      try #require(NetworkRange(range)).contains(try #require(NetworkAddress(address))) == isIn)
    for wrong in ["10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "host", "", "1.2.3/8"] {
      #expect(NetworkRange(wrong) == nil)
    }
  }

  @Test("a browser is answered by the rules, before and after")
  func cors() async throws {
    let (town, keys) = try closedTown { rules in
      rules.origins = OriginRules(origins: ["https://app.example"], credentials: true)
    }
    let ask: HTTPHeaders = [
      "Origin": "https://app.example", "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization",
    ]
    let preflight = await town.ask("OPTIONS", "/token", headers: ask)
    #expect(preflight.status == 204)
    #expect(preflight.headers["Access-Control-Allow-Origin"] == "https://app.example")
    #expect(preflight.headers["Access-Control-Allow-Credentials"] == "true")
    #expect(preflight.headers["Access-Control-Allow-Methods"]?.contains("POST") == true)
    #expect(preflight.headers["Vary"] == "Origin")
    var headers = bearer(keys["alice"])
    headers["Origin"] = "https://app.example"
    let answer = await town.ask("GET", "/token", headers: headers)
    #expect(answer.status == 200)
    #expect(answer.headers["Access-Control-Allow-Origin"] == "https://app.example")
    headers["Origin"] = "https://evil.example"
    let refused = await town.ask("GET", "/token", headers: headers)
    #expect(refused.status == 403)
    #expect(refused.headers["Access-Control-Allow-Origin"] == nil)
    #expect(!refused.text.contains("eyJ"))
    headers["Origin"] = Town.publicURL
    #expect(await town.ask("GET", "/token", headers: headers).status == 200)
    #expect(await town.ask("OPTIONS", "/token").status == 405)
  }

  @Test("rules that would open the service to every page are mistakes")
  func corsMistakes() {
    #expect(
      OriginRules(origins: ["*"], credentials: true).mistake(isClosed: true)
        == .everybodyWithCredentials)
    #expect(OriginRules(origins: ["*"]).mistake(isClosed: false) == .everybodyUnproved)
    #expect(OriginRules(origins: ["*"]).mistake(isClosed: true) == nil)
    let open = OriginRules(origins: ["*"]).open(HTTPResponse(status: 200), to: "https://x.example")
    #expect(open.headers["Access-Control-Allow-Origin"] == "*")
    #expect(open.headers["Access-Control-Allow-Credentials"] == nil)
  }

  @Test("without proofs only names of loopback lead in; with them those that are configured")
  func hosts() async throws {
    let open = try Town()
    #expect(await open.ask("GET", "/token?user=a", origin: "http://evil.example").status == 421)
    #expect(await open.ask("GET", "/healthz", origin: "http://evil.example").status == 421)
    let (town, keys) = try closedTown { $0.hosts = ["tokens.example"] }
    let alice = bearer(keys["alice"])
    for (origin, status) in [
      ("http://tokens.example", 200), ("https://TOKENS.example:8443", 200),
      ("http://127.0.0.1:7760", 200), ("http://evil.example", 421), ("http://example", 421),
    ] {
      #expect(await town.ask("GET", "/token", headers: alice, origin: origin).status == status)
    }
    #expect(await town.ask("GET", "/healthz", origin: "http://10.0.0.8:7760").status == 200)
    let (any, anyKeys) = try closedTown()
    let response = await any.ask(
      "GET", "/token", headers: bearer(anyKeys["alice"]), origin: "http://whatever.example")
    #expect(response.status == 200)
  }

  @Test("metrics count what was done, name no user, and are for whom the rules say")
  func metrics() async throws {
    let (town, keys) = try closedTown()
    _ = await town.ask("GET", "/token?user=carol", headers: bearer(keys["web"]))
    _ = await town.ask("GET", "/token", headers: bearer(keys["alice"]))
    _ = await town.ask("GET", "/token")
    town.wire.isDown.withLock { $0 = true }
    _ = await town.ask("GET", "/token", headers: bearer(keys["alice"]))
    let text = await town.ask("GET", "/metrics").text
    for line in [
      #"confab_tokens_issued_total{caller="key"} 2"#,
      #"confab_service_failures_total{code="unreachable"} 1"#,
      "# TYPE confab_request_duration_seconds histogram",
    ] {
      #expect(text.contains(line), "\(text)")
    }
    #expect(!text.contains("alice") && !text.contains("carol"))
    let forwarded = await town.ask("GET", "/metrics", headers: ["X-Forwarded-For": "127.0.0.1"])
    #expect(forwarded.status == 403)
    let request = HTTPRequest(method: "GET", origin: Town.publicURL, target: "/metrics")
    let (far, _) = await town.service.reply(to: request, from: "203.0.113.5")
    guard case .response(let response) = far else { return }
    #expect(response.status == 403)
  }

  @Test("readiness tells what is missing, and asks ACS only now and then")
  func readiness() async throws {
    let town = try Town()
    #expect(await town.ask("GET", "/readyz").status == 200)
    town.wire.isDown.withLock { $0 = true }
    #expect(await town.ask("GET", "/readyz").status == 200)
    town.clock.advance(by: .seconds(31))
    let missing = await town.ask("GET", "/readyz")
    #expect(missing.status == 503)
    #expect(missing.text.contains(#""credential":"service unavailable""#))
    let wrong = try Town(key: .init(random: TestRandom()))
    let refused = await wrong.ask("GET", "/readyz")
    #expect(refused.status == 503)
    #expect(refused.text.contains(#""credential":"refused""#))
  }

  @Test("a record of a request holds no user and no query")
  func records() async throws {
    let (town, keys) = try closedTown()
    let request = HTTPRequest(
      method: "POST", origin: Town.publicURL, target: "/refreshToken/8:acs:secret?scope=hidden",
      headers: bearer(keys["alice"]))
    let (_, record) = await town.service.reply(to: request, from: "203.0.113.5")
    #expect(record.route == "/refreshToken/{userId}")
    #expect(record.caller == "key alice")
    #expect(record.problem != nil)
    #expect(!"\(record)".contains("secret") && !"\(record)".contains("hidden"))
    let odd = HTTPRequest(method: "X-ODD", origin: Town.publicURL, target: "/%zz")
    let (_, second) = await town.service.reply(to: odd, from: "not an address")
    #expect(second.method == "OTHER")
    #expect(second.route == "other")
    #expect(second.status == 400)
  }
}
