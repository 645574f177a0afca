import ACSTypes
import ACSWire
import ServiceAuth
import TestKit
import Testing

@testable import Emulator

struct TeamsTokenTests {
  static let application = "7f2e9c64-3b18-4d5e-8a6f-00000c0fab01"
  static let person = "1d1e9c64-3b18-4d5e-8a6f-00000c0fab09"

  let bench: Bench

  init() throws {
    bench = try Bench()
    // The tenant has its key from its first token on.
    let answer = bench.emulator.answerMetadata(
      HTTPRequest(
        method: "GET", origin: "http://127.0.0.1:7752",
        target: "/metadata/identity/oauth2/token?api-version=2018-02-01"
          + "&resource=https://communication.azure.com/",
        headers: ["Metadata": "true", "Host": "127.0.0.1:7752"]), now: bench.clock.now)
    #expect(answer.status == 200)
  }

  /// A token of Entra as a person has it who signed in at an application.
  func token(_ changes: JSONObject = [:], key: RSAKey? = nil) throws -> String {
    let now = bench.clock.now.seconds
    var claims: JSONObject = [
      "aud": "https://auth.msft.communication.azure.com", "scp": "Teams.ManageCalls",
      "azp": .string(TeamsTokenTests.application), "oid": .string(TeamsTokenTests.person),
      "iat": .integer(now), "nbf": .integer(now), "exp": .integer(now + 3600),
    ]
    for change in changes.members { claims[change.name] = change.value.isNull ? nil : change.value }
    return try JWT.sign(.object(claims), with: key ?? Bench.entraKey.get()).reveal()
  }

  func exchange(_ token: String, app: String? = application, user: String? = person) -> HTTPResponse
  {
    var body: JSONObject = ["token": .string(token)]
    body["appId"] = app.map { .string($0) }
    body["userId"] = user.map { .string($0) }
    return bench.signed(
      bench.request(
        "POST", "/teamsUser/:exchangeAccessToken", .object(body), version: "2023-10-01"))
  }

  @Test("a person's token becomes one of ACS for the Teams user")
  func exchanged() throws {
    let response = exchange(try token())
    #expect(response.status == 200, "\(response.headers["X-Confab-Why"] ?? "")")
    let model = try AccessTokenModel(bytes: response.body)
    let claims = try TokenClaims(jwt: model.token)
    #expect(claims.identity?.rawID == "8:orgid:\(TeamsTokenTests.person)")
    #expect(claims.expiresOn == model.expiresOn.moment)
  }

  @Test("a person who signs in by name and password exchanges the token")
  func password() throws {
    let authority = Authority(bench: bench)
    func signIn(_ password: String) -> HTTPResponse {
      authority.post(
        "token",
        [
          "grant_type": "password", "client_id": TeamsTokenTests.application,
          "username": "alice@contoso.example", "password": password, "client_info": "1",
          "scope": "openid https://auth.msft.communication.azure.com/Teams.ManageCalls",
        ])
    }
    try expectEntraError(signIn("guess"), 400, "invalid_grant", 50126)
    let token = try authority.token(signIn(EntraSettings.developmentPassword.reveal()))
    let person = try #require(JWT.unverifiedClaims(token)?["oid"]?.string)
    let response = exchange(token.reveal(), user: person)
    #expect(response.status == 200, "\(response.headers["X-Confab-Why"] ?? "")")
    let claims = try TokenClaims(jwt: AccessTokenModel(bytes: response.body).token)
    #expect(claims.identity?.rawID == "8:orgid:\(person)")
  }

  @Test(
    "whatever is no person's valid token of the tenant is refused in the words recorded, before the rest"
  )
  func badTokens() throws {
    let now = bench.clock.now.seconds
    let tokens = [
      "", "invalid", try token(["exp": .integer(now - 1)]), try token(["scp": .null]),
      try token(key: try RSAKey.generate()),
    ]
    for token in tokens {
      try expectError(
        exchange(token), 401, "InvalidAccessToken", "Provided access token is not valid.")
    }
    try expectError(
      exchange("invalid", app: "", user: ""), 401, "InvalidAccessToken",
      "Provided access token is not valid.")
  }

  @Test(
    "ids that are missing, malformed or not the token's are refused in the words recorded",
    arguments: [
      ("", person, "AppId: The AppId field is required.", "AppId"),
      ("x", person, "Provided AppId has invalid format.", "appId"),
      (application, "", "UserId: The UserId field is required.", "UserId"),
      (application, "x", "Provided UserId has invalid format.", "userId"),
      (person, person, "Provided AppId has invalid format.", "appId"),
      (application, application, "Provided UserId has invalid format.", "userId"),
    ])
  func ids(app: String, user: String, message: String, target: String) throws {
    try expectError(
      exchange(try token(), app: app, user: user), 400, "ValidationError", message, target: target)
  }
}
