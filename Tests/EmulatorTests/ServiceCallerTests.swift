import ACSTypes
import ACSWire
import FoundationEssentials
import ServiceAuth
import TestKit
import Testing

@testable import Emulator

struct ServiceCallerTests {
  let bench: Bench
  let authority: Authority

  init() throws {
    bench = try Bench()
    authority = Authority(bench: bench)
  }

  /// Says that a token is refused for a reason.
  func expectDenied(
    _ token: Secret, _ why: String, now: Timestamp? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let response = authority.create(with: token, now: now)
    try expectError(
      response, 401, "Denied", "Denied by the resource provider.", sourceLocation: sourceLocation)
    let told = response.headers["X-Confab-Why"] ?? ""
    #expect(told.contains(why), "\(told)", sourceLocation: sourceLocation)
  }

  @Test(
    "tokens for the service are taken, with and without the slash",
    arguments: ["\(Authority.acs)/.default", "\(Authority.acs)//.default"])
  func audiences(scope: String) throws {
    let token = try authority.token(authority.bySecret(scope: scope))
    #expect(authority.create(with: token).status == 201)
  }

  @Test(
    "tokens for others are refused",
    arguments: [
      "https://management.azure.com/.default",
      "https://communication.azure.com.evil.example/.default",
      "https://communication.azure.com///.default", "http://communication.azure.com/.default",
    ])
  func otherAudience(scope: String) throws {
    let token = try authority.token(authority.bySecret(scope: scope))
    try expectDenied(token, "this operation wants one for https://communication.azure.com")
  }

  @Test("a token is refused before its time and after it")
  func times() throws {
    let now = bench.clock.now
    let token = try authority.token(authority.bySecret())
    try expectDenied(
      token, "is not valid for another 60 seconds", now: now - .seconds(60))
    #expect(authority.create(with: token, now: now + .seconds(3598)).status == 201)
    try expectDenied(token, "expired 0 seconds ago", now: now + .seconds(3599))
  }

  @Test("tokens that another key signed, or none, are refused")
  func forged() throws {
    let token = try authority.token(authority.bySecret())
    let claims = try #require(JWT.unverifiedClaims(token))
    try expectDenied(try JWT.sign(claims, with: try RSAKey.generate()), "signature")
    try expectDenied(try JWT.sign(claims, with: try Bench.tokenKey.get()), "is a user access token")
    let parts = token.reveal().split(separator: ".").map(String.init)
    let rows: [(header: JSONValue, signature: String, why: String)] = [
      (["alg": "none"], "", "signed with none"), (["alg": "HS256"], parts[2], "signed with HS256"),
    ]
    for row in rows {
      let forged = "\(row.header.bytes.base64URL).\(parts[1]).\(row.signature)"
      try expectDenied(Secret(forged), row.why)
    }
    try expectDenied(Secret("nonsense"), "no JSON Web Token")
  }

  @Test("before any token was asked for, every one is refused")
  func noKeyYet() throws {
    try expectDenied(try JWT.sign(["exp": 4_000_000_000], with: try Bench.entraKey.get()), "key")
    _ = try authority.token(authority.bySecret())
    try expectDenied(
      try JWT.sign(["exp": 4_000_000_000], with: try Bench.entraKey.get()), "for nobody")
  }

  @Test("a user access token does not authorise service requests, nor an Entra token or a key chat")
  func planes() throws {
    let user = try bench.user()
    try expectDenied(user.token, "is a user access token")
    let token = try authority.token(authority.bySecret())
    let request = bench.chat.threads()
    let byEntra = bench.send(request, as: User(id: user.id, token: token))
    #expect(byEntra.status == 401)
    #expect(byEntra.headers["X-Confab-Why"]?.contains("is an Entra token") == true)
    #expect(bench.signed(request).status == 401)
  }

  @Test("calls take Entra tokens, too, and refuse them in their own words")
  func calls() throws {
    var request = bench.calls.properties(of: "x")
    let token = try authority.token(authority.bySecret())
    request.headers["Authorization"] = "bearer \(token.reveal())"
    #expect(bench.send(request).status == 404)
    request.headers["Authorization"] = "Bearer nonsense"
    try expectError(bench.send(request), 401, "7509", "HMAC-SHA256 validation failed")
  }

  @Test("a restart keeps the key, so that tokens stay good, but not at another tenant")
  func restart() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/confab-entra-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/emulator.sqlite"
    let token = try {
      let first = Authority(bench: try Bench(path: path))
      return try first.token(first.bySecret())
    }()
    try {
      let second = Authority(bench: try Bench(path: path, seed: 2))
      #expect(second.create(with: token).status == 201)
    }()
    var settings = EntraSettings()
    settings.tenantID = "22222222-2222-4222-8222-222222222222"
    let moved = Authority(bench: try Bench(path: path, seed: 3, entra: settings))
    let response = moved.create(with: token)
    #expect(response.status == 401)
    #expect(response.headers["X-Confab-Why"]?.contains("is of the tenant") == true)
  }
}
