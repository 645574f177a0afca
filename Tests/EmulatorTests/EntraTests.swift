import ACSTypes
import ACSWire
import FoundationEssentials
import ServiceAuth
import TestKit
import Testing

@testable import Emulator

struct EntraTests {
  static let settings = EntraSettings()

  let bench: Bench
  let authority: Authority

  init() throws {
    bench = try Bench()
    authority = Authority(bench: bench)
  }

  func get(_ path: String) -> HTTPResponse {
    bench.send(bench.request("GET", path, version: nil))
  }

  @Test("an application gets a token by its secret, as the service recorded it")
  func secret() throws {
    let response = authority.bySecret()
    #expect(response.headers["Content-Type"] == "application/json; charset=utf-8")
    #expect(response.headers["Cache-Control"] == "no-store, no-cache")
    let body = try JSONValue.parse(response.body)
    #expect(body["token_type"]?.string == "Bearer")
    #expect(body["expires_in"]?.integer == 3599)
    #expect(body["ext_expires_in"]?.integer == 3599)
    let token = try authority.token(response)
    let claims = try #require(JWT.unverifiedClaims(token))
    let now = bench.clock.now.seconds
    let settings = EntraTests.settings
    let expected: [(String, JSONValue)] = [
      ("aud", .string("\(Authority.acs)/")),
      ("iss", .string("\(Bench.origin)/entra/\(settings.tenantID)/v2.0")),
      ("iat", .integer(now)), ("nbf", .integer(now)), ("exp", .integer(now + 3599)),
      ("appid", .string(settings.clientID)), ("azp", .string(settings.clientID)),
      ("azpacr", "1"), ("idtyp", "app"), ("oid", .string(settings.principalID)),
      ("sub", .string(settings.principalID)), ("roles", ["access_as_application"]),
      ("tid", .string(settings.tenantID)), ("ver", "2.0"),
    ]
    for (name, value) in expected { #expect(claims[name] == value, "\(name)") }
    #expect(authority.create(with: token).status == 201)
  }

  @Test("a secret may stand in Authorization, too")
  func basic() throws {
    let settings = EntraTests.settings
    let pair = "\(settings.clientID):\(settings.clientSecret.reveal().percentEncoded)"
    let response = authority.post(
      "token", ["grant_type": "client_credentials", "scope": "\(Authority.acs)/.default"],
      headers: ["Authorization": "Basic \(Array(pair.utf8).base64)"])
    #expect(response.status == 200)
  }

  @Test("what is wrong with a request for an application's token is told as Entra does")
  func badApplication() throws {
    try expectEntraError(authority.bySecret("guess"), 401, "invalid_client", 7_000_215)
    try expectEntraError(authority.bySecret(""), 401, "invalid_client", 7_000_216)
    try expectEntraError(
      authority.bySecret(client: "11111111-1111-4111-8111-111111111111"), 400,
      "unauthorized_client", 700_016)
    try expectEntraError(authority.bySecret(client: ""), 400, "invalid_request", 900_144)
    try expectEntraError(authority.bySecret(scope: ""), 400, "invalid_request", 900_144)
    try expectEntraError(
      authority.bySecret(scope: "\(Authority.acs)/send"), 400, "invalid_scope", 1_002_012)
    try expectEntraError(
      authority.bySecret(scope: "nonsense/.default"), 400, "invalid_resource", 500_011)
    try expectEntraError(
      authority.bySecret(scope: "https://a.example/.default https://b.example/.default"), 400,
      "invalid_scope", 28000)
    try expectEntraError(
      authority.post("token", ["grant_type": "implicit"]), 400, "unsupported_grant_type", 70003)
    try expectEntraError(authority.post("token", [:]), 400, "invalid_request", 900_144)
    let long = String(repeating: "x", count: 70_000)
    try expectEntraError(
      authority.post("token", ["grant_type": long]), 413, "invalid_request", 90_015)
  }

  @Test("the documentation tells the values that every emulator has")
  func documentation() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs/authentication.md")
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    let settings = EntraTests.settings
    for value in [
      "AZURE_TENANT_ID=\(settings.tenantID)\n", "AZURE_CLIENT_ID=\(settings.clientID)\n",
      "AZURE_CLIENT_SECRET=\(settings.clientSecret.reveal())\n",
      "IDENTITY_HEADER=\(settings.identityHeader.reveal())\n", "`\(settings.principalID)`",
      "`\(settings.managedIdentityID)`",
    ] { #expect(text.contains(value), "\(value)") }
  }

  @Test("a tenant that is not there is refused, and the words for any tenant are not")
  func tenants() throws {
    let path = "v2.0/.well-known/openid-configuration"
    let stranger = get("/entra/11111111-1111-4111-8111-111111111111/\(path)")
    try expectEntraError(stranger, 400, "invalid_request", 90002)
    for name in ["common", "organizations", "consumers", EntraTests.settings.tenantID.uppercased()]
    {
      #expect(get("/entra/\(name)/\(path)").status == 200)
    }
  }

  @Test("the correlation id is the request's")
  func correlation() throws {
    let id = "0B5C7A4E-2B31-4B8B-9E0C-6A52D7B3F001"
    let response = authority.post("token", [:], headers: ["client-request-id": id])
    #expect(try JSONValue.parse(response.body)["correlation_id"]?.string == id)
  }

  @Test("a token of somebody who is trusted proves the application until it expires")
  func assertion() throws {
    let now = bench.clock.now
    let own = try bench.emulator.federatedToken(now: now)
    let token = try authority.token(authority.byAssertion(own.reveal()))
    #expect(JWT.unverifiedClaims(token)?["azpacr"] == "2")
    #expect(authority.create(with: token).status == 201)

    let stranger = try RSAKey.generate()
    func assertion(_ claims: JSONValue) throws -> String {
      try JWT.sign(claims, with: stranger).reveal()
    }
    let later = JSONValue.integer(now.seconds + 60)
    #expect(authority.byAssertion(try assertion(["exp": later])).status == 200)
    for claims: JSONValue in [
      ["exp": .integer(now.seconds)], [:], ["exp": later, "nbf": later],
    ] {
      let response = authority.byAssertion(try assertion(claims))
      try expectEntraError(response, 401, "invalid_client", 700_024)
    }
    for text in ["nonsense", "a.b.c"] {
      try expectEntraError(authority.byAssertion(text), 401, "invalid_client", 50027)
    }
  }

  @Test("with secrets of its own the tenant takes its own federated token only")
  func ownAssertion() throws {
    var settings = EntraSettings()
    settings.takesForeignAssertions = false
    let bench = try Bench(entra: settings)
    let authority = Authority(bench: bench)
    let own = try bench.emulator.federatedToken(now: bench.clock.now)
    #expect(authority.byAssertion(own.reveal()).status == 200)
    let expiry = JSONValue.integer(bench.clock.now.seconds + 60)
    let foreign = try JWT.sign(
      ["exp": expiry, "aud": "api://AzureADTokenExchange"], with: try RSAKey.generate())
    try expectEntraError(
      authority.byAssertion(foreign.reveal()), 401, "invalid_client", 700_213)
    // A user access token is signed by the same key, and is none all the same.
    let user = try bench.user()
    try expectEntraError(
      authority.byAssertion(user.token.reveal()), 401, "invalid_client", 700_213)
  }

  @Test("discovery leads to the keys that prove the tokens")
  func discovery() throws {
    let configuration = try JSONValue.parse(
      get("\(Authority.base)/v2.0/.well-known/openid-configuration").body)
    let token = try authority.token(authority.bySecret())
    #expect(configuration["issuer"] == JWT.unverifiedClaims(token)?["iss"])
    let address = try #require(configuration["jwks_uri"]?.string)
    let set = try JSONWebKeySet(
      try JSONValue.parse(get(String(address.dropFirst(Bench.origin.count))).body))
    let signed = try SignedToken(token)
    let key = try #require(set.key(signed.keyID))
    #expect(try signed.claims(provedBy: key)["tid"]?.string == EntraTests.settings.tenantID)
    for name in ["token_endpoint", "device_authorization_endpoint", "authorization_endpoint"] {
      #expect(configuration[name]?.string?.hasPrefix("\(Bench.origin)\(Authority.base)/") == true)
    }
  }

  @Test("user access tokens have keys of their own")
  func userKeys() throws {
    let user = try bench.user()
    let signed = try SignedToken(user.token)
    let set = try JSONWebKeySet(try JSONValue.parse(get("/.well-known/keys").body))
    let key = try #require(set.key(signed.keyID))
    #expect(try signed.claims(provedBy: key)["acsScope"]?.string == "chat,voip")
    let entra = try JSONWebKeySet(
      try JSONValue.parse(get("\(Authority.base)/discovery/v2.0/keys").body))
    #expect(entra.key(signed.keyID) == nil)
  }

  @Test("the issuer is where the emulator is reached, however it is asked")
  func issuer() throws {
    bench.emulator.isReached(at: "https://127.0.0.1:9999")
    let token = try authority.token(authority.bySecret())
    #expect(
      JWT.unverifiedClaims(token)?["iss"]?.string
        == "https://127.0.0.1:9999/entra/\(EntraTests.settings.tenantID)/v2.0")
  }

  @Test("instance discovery names the host that was asked, and a browser's sign-in is 501")
  func instance() throws {
    let answer = try JSONValue.parse(get("/common/discovery/instance?api-version=1.1").body)
    #expect(answer["metadata"]?[0]?["aliases"] == ["127.0.0.1:7751"])
    #expect(get("\(Authority.base)/oauth2/v2.0/authorize").status == 501)
    #expect(get("\(Authority.base)/oauth2/v2.0/nonsense").status == 404)
  }
}
