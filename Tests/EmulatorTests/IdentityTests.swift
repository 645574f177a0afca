import ACSTypes
import ACSWire
import ServiceAuth
import TestKit
import Testing

@testable import Emulator

struct IdentityTests {
  let bench: Bench
  let requests = IdentityRequests(endpoint: Bench.origin)

  init() throws {
    bench = try Bench()
  }

  @Test("an identity is created with and without a token")
  func create() throws {
    var response = bench.signed(requests.create())
    #expect(response.status == 201)
    var result = try CommunicationIdentityAccessTokenResult(bytes: response.body)
    #expect(result.accessToken == nil)
    #expect(result.identity.id.hasPrefix("8:acs:\(bench.emulator.resourceID)_000000"))

    response = bench.signed(requests.create(scopes: [.chat, .voip], expiresInMinutes: 60))
    result = try CommunicationIdentityAccessTokenResult(bytes: response.body)
    let token = try #require(result.accessToken)
    let claims = try TokenClaims(jwt: token.token)
    #expect(claims.identity?.rawID == result.identity.id)
    #expect(claims.scopes == [.chat, .voip])
    #expect(claims.issuedOn == bench.clock.now)
    #expect(claims.expiresOn == bench.clock.now + .seconds(3600))
    #expect(claims.resourceID == bench.emulator.resourceID)
    #expect(token.expiresOn.text == "2026-11-21T03:29:57.000000+00:00")
  }

  @Test("a body may be absent, and unknown members are passed over")
  func lenient() throws {
    let target = "/identities?api-version=2023-10-01"
    var request = HTTPRequest(method: "POST", origin: Bench.origin, target: target)
    #expect(bench.signed(request).status == 201)
    request.body = Array(#"{"news":[1,{"a":null}]}"#.utf8)
    #expect(bench.signed(request).status == 201)
  }

  @Test("a token is issued, revoked and issued again within one second")
  func revoke() throws {
    let user = try bench.user()
    #expect(bench.send(bench.chat.threads(), as: user).status == 200)
    #expect(bench.signed(requests.revokeTokens(of: user.id)).status == 204)
    let refused = bench.send(bench.chat.threads(), as: user)
    #expect(refused.status == 401)
    #expect(refused.headers["X-Confab-Why"] == "The token was revoked. Fetch a new one.")
    let issued = bench.signed(requests.issueToken(for: user.id, scopes: [.chat]))
    #expect(issued.status == 200)
    let again = User(id: user.id, token: try AccessTokenModel(bytes: issued.body).token)
    #expect(bench.send(bench.chat.threads(), as: again).status == 200)
  }

  @Test("a deleted identity has no tokens any more")
  func delete() throws {
    let user = try bench.user()
    #expect(bench.signed(requests.delete(user.id)).status == 204)
    #expect(bench.send(bench.chat.threads(), as: user).status == 401)
    #expect(bench.signed(requests.issueToken(for: user.id, scopes: [.chat])).status == 401)
  }

  @Test("the id's colons may be encoded or not")
  func encodings() throws {
    let user = try bench.user()
    for id in [user.id.rawID, user.id.rawID.percentEncoded] {
      let request = bench.request(
        "POST", "/identities/\(id)/:issueAccessToken", ["scopes": ["chat"]], version: "2023-10-01")
      #expect(bench.signed(request).status == 200)
    }
  }

  @Test("lifetimes outside the limits are refused in the words recorded", arguments: [59, 1441])
  func lifetimes(minutes: Int) throws {
    let user = try bench.user()
    for request in [
      requests.issueToken(for: user.id, scopes: [.chat], expiresInMinutes: minutes),
      requests.create(scopes: [.chat], expiresInMinutes: minutes),
    ] {
      try expectError(
        bench.signed(request), 400, "ValidationError",
        "ExpiresInMinutes value \(minutes) is invalid. Value must be within the [60, 1440] interval.",
        target: "ExpiresInMinutes")
    }
  }

  @Test(
    "a lifetime is judged also where no token is asked for",
    arguments: [[:], ["createTokenWithScopes": []]] as [JSONValue])
  func lifetimeWithoutToken(body: JSONValue) throws {
    var body = try #require(body.object)
    for minutes in [59, 1441, -1, 0] as [Int64] {
      body["expiresInMinutes"] = .integer(minutes)
      try expectError(
        bench.signed(
          bench.request("POST", "/identities", .object(body), version: "2023-10-01")), 400,
        "ValidationError",
        "ExpiresInMinutes value \(minutes) is invalid. Value must be within the [60, 1440] interval.",
        target: "ExpiresInMinutes")
    }
    body["expiresInMinutes"] = 60
    let response = bench.signed(
      bench.request("POST", "/identities", .object(body), version: "2023-10-01"))
    #expect(response.status == 201)
    #expect(try JSONValue.parse(response.body)["accessToken"] == nil)
  }

  @Test("no scopes and unknown scopes are refused")
  func scopes() throws {
    let user = try bench.user()
    try expectError(
      bench.signed(requests.issueToken(for: user.id, scopes: [])), 400, "ValidationError",
      "Invalid scopes - Scopes field is required.", target: "scopes")
    let path = "/identities/\(user.id.rawID.percentEncoded)/:issueAccessToken"
    try expectError(
      bench.signed(bench.request("POST", path, version: "2023-10-01")), 400, "ValidationError",
      "Invalid scopes - Scopes field is required.", target: "scopes")
    try expectError(
      bench.signed(requests.issueToken(for: user.id, scopes: [TokenScope(rawValue: "sing")])),
      400, "ValidationError", "Invalid scopes - sing.", target: "scopes")
  }

  @Test(
    "foreign and malformed identities are not owned",
    arguments: [
      "8:acs:00000000-0000-4000-8000-000000000000_0000000c-005a-9fcc-ac00-343a0d007710", "nonsense",
      "8:acs:", "😀",
    ])
  func notOwned(id: String) throws {
    let identity = CommunicationIdentifier(rawID: id)
    for request in [
      requests.issueToken(for: identity, scopes: [.chat]), requests.revokeTokens(of: identity),
      requests.delete(identity),
    ] {
      try expectError(
        bench.signed(request), 401, "IdentityNotOwned",
        "Provided identity doesn't belong to the resource.")
    }
  }

  @Test("a request that the key did not sign is denied, and told why")
  func denied() throws {
    let denied = "Denied by the resource provider."
    var response = bench.send(requests.create())
    try expectError(response, 401, "Denied", denied)
    #expect(response.headers["X-Confab-Why"]?.contains("Authorization is missing") == true)

    let other = AccessKey(random: SeededRandom(seed: 12))
    response = bench.send(HMACSigner.sign(requests.create(), with: other, now: bench.clock.now))
    try expectError(response, 401, "Denied", denied)
    #expect(response.headers["X-Confab-Why"]?.contains("access key is another") == true)

    response = bench.send(
      HMACSigner.sign(
        requests.create(), with: bench.key, now: bench.clock.now - .seconds(720)))
    #expect(response.headers["X-Confab-Why"]?.contains("12 minutes in the past") == true)

    var changed = HMACSigner.sign(requests.create(), with: bench.key, now: bench.clock.now)
    changed.body.append(32)
    try expectError(
      bench.send(changed), 401, "Denied",
      "Request 'x-ms-content-sha256' differs from generated content hash.")

    let user = try bench.user()
    response = bench.send(requests.create(), as: user)
    #expect(response.status == 401)
    #expect(response.headers["X-Confab-Why"]?.contains("is a user access token") == true)
  }

  @Test("malformed JSON is refused with line and column")
  func malformed() throws {
    var request = bench.request("POST", "/identities", version: "2023-10-01")
    request.body = Array("{\n  \"createTokenWithScopes\": [chat]\n}".utf8)
    let response = bench.signed(request)
    #expect(response.status == 400)
    #expect(response.headers["X-Confab-Why"]?.contains("line 2, column 29") == true)
    request.body = Array(#"{"createTokenWithScopes":[1]}"#.utf8)
    let wrong = bench.signed(request)
    #expect(wrong.headers["X-Confab-Why"]?.contains("createTokenWithScopes[0]") == true)
  }
}
