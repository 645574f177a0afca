import ACSTypes
import ACSWire
import ServiceAuth
import TestKit
import Testing

@testable import Emulator

struct DeviceCodeTests {
  static let client = "11111111-1111-4111-8111-111111111111"
  static let grant = "urn:ietf:params:oauth:grant-type:device_code"
  static let scope = "openid offline_access api://confab/access_as_user"

  /// A sign-in at an emulator where people decide, or one that approves by itself.
  struct SignIn {
    let bench: Bench
    let authority: Authority
    let answer: JSONValue

    init(approvedByItself: Bool = false) throws {
      var settings = EntraSettings()
      settings.approvesDeviceCodes = approvedByItself
      bench = try Bench(entra: settings)
      authority = Authority(bench: bench)
      let response = authority.post("devicecode", ["client_id": client, "scope": scope])
      #expect(response.status == 200)
      answer = try JSONValue.parse(response.body)
    }

    var userCode: String { answer["user_code"]?.string ?? "" }

    func poll(by client: String = DeviceCodeTests.client) -> HTTPResponse {
      authority.post(
        "token",
        [
          "grant_type": DeviceCodeTests.grant, "client_id": client,
          "device_code": answer["device_code"]?.string ?? "", "client_info": "1",
        ])
    }

    func administer(_ method: String, _ target: String, _ body: JSONValue? = nil) -> HTTPResponse {
      bench.emulator.administer(
        HTTPRequest(
          method: method, origin: "http://127.0.0.1:7753", target: target, body: body?.bytes ?? []),
        now: bench.clock.now
      ).response
    }

    func decide(_ body: JSONValue, code: String? = nil) -> HTTPResponse {
      administer("POST", "/deviceCodes/\((code ?? userCode).percentEncoded)", body)
    }
  }

  @Test("a sign-in says where to go, with what, and how long")
  func start() throws {
    let answer = try SignIn().answer
    #expect(answer["user_code"]?.string?.count == 9)
    #expect(answer["verification_uri"]?.string == "\(Bench.origin)/entra/device")
    #expect(answer["expires_in"]?.integer == 900)
    #expect(answer["interval"]?.integer == 5)
    let message = try #require(answer["message"]?.string)
    #expect(message.contains(try #require(answer["user_code"]?.string)))
    #expect(try SignIn(approvedByItself: true).answer["interval"]?.integer == 1)
  }

  @Test("an approved sign-in gives the person's tokens, once")
  func approved() throws {
    let signIn = try SignIn()
    try expectEntraError(signIn.poll(), 400, "authorization_pending", 70016)
    let typed = signIn.userCode.lowercased().prefix(4) + "-" + signIn.userCode.dropFirst(4)
    let decided = signIn.decide(
      ["approved": true, "user": "alice@contoso.example"], code: String(typed))
    #expect(decided.status == 200)
    signIn.bench.clock.advance(by: .seconds(5))
    let answer = try JSONValue.parse(signIn.poll().body)
    #expect(answer["scope"]?.string == DeviceCodeTests.scope)
    #expect(answer["expires_in"]?.integer == 3599)

    let access = try #require(
      JWT.unverifiedClaims(Secret(answer["access_token"]?.string ?? "")))
    #expect(access["aud"]?.string == "api://confab")
    #expect(access["scp"]?.string == "access_as_user")
    #expect(access["azp"]?.string == DeviceCodeTests.client)
    #expect(access["roles"] == nil)
    let identity = try #require(JWT.unverifiedClaims(Secret(answer["id_token"]?.string ?? "")))
    #expect(identity["aud"]?.string == DeviceCodeTests.client)
    for claims in [access, identity] {
      #expect(claims["preferred_username"]?.string == "alice@contoso.example")
    }
    #expect(access["oid"] == identity["oid"])
    let account = try JSONValue.parse(
      try #require([UInt8](base64URL: answer["client_info"]?.string ?? "")))
    #expect(account["uid"] == access["oid"])

    signIn.bench.clock.advance(by: .seconds(5))
    try expectEntraError(signIn.poll(), 400, "invalid_grant", 70000)
  }

  @Test("where codes approve themselves, the second poll gets the tokens")
  func automatic() throws {
    let signIn = try SignIn(approvedByItself: true)
    try expectEntraError(signIn.poll(), 400, "authorization_pending", 70016)
    signIn.bench.clock.advance(by: .seconds(1))
    let token = try signIn.authority.token(signIn.poll())
    #expect(
      JWT.unverifiedClaims(token)?["preferred_username"]?.string == "developer@confab.example")
  }

  @Test("the same person is the same object at every sign-in, and another is not")
  func objects() throws {
    func object(_ user: String) throws -> String {
      let signIn = try SignIn()
      _ = signIn.decide(["approved": true, "user": .string(user)])
      let token = try signIn.authority.token(signIn.poll())
      return try #require(JWT.unverifiedClaims(token)?["oid"]?.string)
    }
    let alice = try object("alice@contoso.example")
    #expect(alice.isGUID)
    #expect(try object("Alice@Contoso.example") == alice)
    #expect(try object("bob@contoso.example") != alice)
  }

  @Test("who polls too fast has to slow down, by five seconds each time")
  func slowDown() throws {
    let signIn = try SignIn()
    _ = signIn.poll()
    signIn.bench.clock.advance(by: .seconds(4))
    try expectEntraError(signIn.poll(), 400, "slow_down", 70022)
    signIn.bench.clock.advance(by: .seconds(5))
    try expectEntraError(signIn.poll(), 400, "slow_down", 70022)
    signIn.bench.clock.advance(by: .seconds(15))
    try expectEntraError(signIn.poll(), 400, "authorization_pending", 70016)
  }

  @Test("a denied sign-in is over")
  func denied() throws {
    let signIn = try SignIn()
    #expect(signIn.decide(["approved": false]).status == 200)
    try expectEntraError(signIn.poll(), 400, "access_denied", 70018)
  }

  @Test("an expired code is told as such, and cannot be approved any more")
  func expired() throws {
    let signIn = try SignIn()
    signIn.bench.clock.advance(by: .seconds(900))
    try expectEntraError(signIn.poll(), 400, "expired_token", 70020)
    #expect(signIn.decide(["approved": true]).status == 404)
  }

  @Test("a code is its application's alone")
  func otherApplication() throws {
    let signIn = try SignIn()
    #expect(signIn.decide(["approved": true]).status == 200)
    let other = signIn.poll(by: EntraSettings().clientID)
    try expectEntraError(other, 400, "invalid_grant", 70000)
    try expectEntraError(signIn.poll(by: "confab"), 400, "unauthorized_client", 700_016)
    #expect(signIn.poll().status == 200)
  }

  @Test("the administration lists sign-ins without the application's secret")
  func list() throws {
    let signIn = try SignIn()
    _ = signIn.decide(["approved": true, "user": "bob"])
    let response = signIn.administer("GET", "/deviceCodes")
    let entry = try #require(try JSONValue.parse(response.body)["value"]?[0])
    #expect(entry["userCode"]?.string == signIn.userCode)
    #expect(entry["state"]?.string == "approved")
    #expect(entry["user"]?.string == "bob")
    let secret = try #require(signIn.answer["device_code"]?.string)
    #expect(!response.text.contains(secret))
  }

  @Test(
    "a decision that is none, and codes that nobody has, are refused",
    arguments: [
      ("BCDFGHJKL", ["approved": true], 404), (nil, [:], 400), (nil, ["approved": "yes"], 400),
      (nil, ["approved": true, "user": ""], 400),
    ] as [(String?, JSONValue, Int)])
  func badDecisions(code: String?, body: JSONValue, status: Int) throws {
    let response = try SignIn().decide(body, code: code)
    #expect(response.status == status)
    #expect(response.headers["X-Confab-Why"]?.isEmpty == false)
  }

  @Test("a refresh token brings new tokens and a new refresh token, for its application alone")
  func refresh() throws {
    let signIn = try SignIn()
    _ = signIn.decide(["approved": true, "user": "alice"])
    let answer = try JSONValue.parse(signIn.poll().body)
    func refresh(
      _ token: String, client: String = DeviceCodeTests.client, scope: String = ""
    ) -> HTTPResponse {
      signIn.authority.post(
        "token",
        [
          "grant_type": "refresh_token", "client_id": client, "refresh_token": token,
          "scope": scope,
        ])
    }
    let first = try #require(answer["refresh_token"]?.string)
    let renewed = try JSONValue.parse(refresh(first).body)
    let second = try #require(renewed["refresh_token"]?.string)
    #expect(second != first)
    #expect(renewed["scope"]?.string == DeviceCodeTests.scope)
    let access = JWT.unverifiedClaims(Secret(renewed["access_token"]?.string ?? ""))
    #expect(access?["preferred_username"]?.string == "alice")
    #expect(refresh(second).status == 200)

    let other = try JSONValue.parse(
      refresh(second, scope: "\(Authority.acs)//.default offline_access").body)
    let service = try #require(other["access_token"]?.string)
    #expect(signIn.authority.create(with: Secret(service)).status == 201)
    #expect(JWT.unverifiedClaims(Secret(service))?["scp"]?.string == "user_impersonation")

    for wrong in [service, "nonsense"] {
      try expectEntraError(refresh(wrong), 400, "invalid_grant", 9_002_313)
    }
    try expectEntraError(
      refresh(first, client: EntraSettings().clientID), 400, "invalid_grant", 9_002_313)
    #expect(signIn.authority.create(with: Secret(first)).status == 401)
    signIn.bench.clock.advance(by: .seconds(91 * 86_400))
    try expectEntraErrorNumber(refresh(first), 700_082)
  }

  /// Another month than that of the other errors stands in these.
  func expectEntraErrorNumber(_ response: HTTPResponse, _ number: Int64) throws {
    #expect(try JSONValue.parse(response.body)["error_codes"] == [.integer(number)])
  }

  @Test("ended sign-ins are forgotten after a while")
  func memory() throws {
    var table = DeviceCodeTable()
    let start = Timestamp(seconds: 1_795_228_197)
    func code(_ name: String, _ now: Timestamp) -> DeviceCode {
      DeviceCode(
        deviceCode: name, userCode: name, clientID: "c", scope: "s",
        expiresOn: now + DeviceCodeTable.lifetime, interval: .seconds(5))
    }
    table.add(code("old", start), now: start)
    let later = start + .seconds(1801)
    table.add(code("new", later), now: later)
    #expect(table.codes.map(\.userCode) == ["new"])
  }
}
