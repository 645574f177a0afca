import ACSTypes
import ACSWire
import ServiceAuth
import TestKit
import Testing

@testable import Emulator

struct RulesTests {
  let requests = IdentityRequests(endpoint: Bench.origin)

  @Test("tokens live as long as the emulator was told, whatever was asked for")
  func tokenLifetime() throws {
    let bench = try Bench { $0.tokenLifetime = .seconds(90) }
    let response = bench.signed(requests.create(scopes: [.chat], expiresInMinutes: 60))
    let result = try CommunicationIdentityAccessTokenResult(bytes: response.body)
    let token = try #require(result.accessToken)
    #expect(token.expiresOn.moment == bench.clock.now + .seconds(90))
    #expect(try TokenClaims(jwt: token.token).expiresOn == bench.clock.now + .seconds(90))
    // The limits of what may be asked for hold all the same.
    #expect(bench.signed(requests.create(scopes: [.chat], expiresInMinutes: 1)).status == 400)
    let user = User(
      id: CommunicationIdentifier(rawID: result.identity.id), token: token.token)
    #expect(bench.send(bench.chat.threads(), as: user).status == 200)
    bench.clock.advance(by: .seconds(91))
    #expect(bench.send(bench.chat.threads(), as: user).status == 401)
  }

  @Test("a newer api-version is served as the newest known, with one warning")
  func newerVersions() throws {
    let bench = try Bench()
    func create(_ version: String) -> EmulatorReply {
      let request = bench.request("POST", "/identities", version: version)
      return bench.emulator.respond(
        to: HMACSigner.sign(request, with: bench.key, now: bench.clock.now), now: bench.clock.now)
    }
    let first = create("2031-01-01")
    #expect(first.response.status == 201)
    #expect(first.warnings.count == 1 && first.warnings[0].contains("2031-01-01"))
    #expect(create("2031-01-01").warnings.isEmpty)
    #expect(create("2031-01-02-preview").warnings.count == 1)
    #expect(create("2023-10-01").warnings.isEmpty)
    #expect(create("2024-01-01").warnings.isEmpty)
  }

  @Test(
    "strict versions are those known",
    arguments: [("2023-10-01", 201), ("2031-01-01", 400), ("2024-01-01", 400), ("2020-01-01", 400)])
  func strictVersions(version: String, status: Int) throws {
    let bench = try Bench { $0.hasStrictVersions = true }
    let response = bench.signed(bench.request("POST", "/identities", version: version))
    #expect(response.status == status)
    guard status == 400 else { return }
    try expectError(
      response, 400, "UnsupportedApiVersion",
      "The HTTP resource that matches the request URI '\(Bench.origin)/identities' does not support "
        + "the API version '\(version)'.")
  }

  /// Asks the administration interface about the keys.
  func keys(_ bench: Bench, _ method: String = "GET", _ name: String = "") throws -> HTTPResponse {
    bench.emulator.administer(
      HTTPRequest(
        method: method, origin: "http://127.0.0.1:7753", target: "/keys\(name)",
        headers: ["Host": "127.0.0.1"]), now: bench.clock.now
    ).response
  }

  @Test("both keys sign, and one made anew refuses the old one at once")
  func regenerate() throws {
    let bench = try Bench()
    func status(_ key: AccessKey) -> Int {
      bench.send(HMACSigner.sign(requests.create(), with: key, now: bench.clock.now)).status
    }
    #expect(bench.emulator.accessKeys == [bench.key])
    let made = try JSONValue.parse(try keys(bench, "POST", "/secondary").body)
    let secondary = try AccessKey(base64: try #require(made["secondary"]?.string))
    #expect(status(bench.key) == 201 && status(secondary) == 201)
    let again = try JSONValue.parse(try keys(bench, "POST", "/primary").body)
    let primary = try AccessKey(base64: try #require(again["primary"]?.string))
    #expect(status(bench.key) == 401 && status(primary) == 201 && status(secondary) == 201)
    let told = try JSONValue.parse(try keys(bench).body)
    #expect(told["primary"]?.string == primary.base64.reveal())
    #expect(try keys(bench, "POST", "/third").status == 404)
  }

  @Test("keys that are secrets are not told")
  func hiddenKeys() throws {
    let bench = try Bench { $0.showsKeys = false }
    let response = try keys(bench)
    #expect(response.status == 403)
    #expect(!response.text.contains(bench.key.base64.reveal()))
  }
}
