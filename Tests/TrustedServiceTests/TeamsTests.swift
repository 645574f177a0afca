import ACSTypes
import ACSWire
import Emulator
import ServiceAuth
import TestKit
import Testing

@testable import TrustedService

@Suite("Tokens for Teams users")
struct TeamsTests {
  private static let application = "7f2e9c64-3b18-4d5e-8a6f-00000c0fab01"
  private static let person = "1d1e9c64-3b18-4d5e-8a6f-00000c0fab09"
  private static let entraKey = Result { try RSAKey.generate() }

  private let town: Town
  private let audit = AuditEntries()

  init() throws {
    let emulator = try Emulator(
      path: nil, accessKeys: [Town.key], entraKey: Self.entraKey.get(),
      random: SeededRandom(seed: 5))
    let audit = audit
    town = try Town(emulator: emulator, audit: { audit.add($0) })
    // The tenant has its key from its first token on.
    let answer = emulator.answerMetadata(
      HTTPRequest(
        method: "GET", origin: "http://127.0.0.1:7752",
        target: "/metadata/identity/oauth2/token?api-version=2018-02-01"
          + "&resource=https://communication.azure.com/",
        headers: ["Metadata": "true", "Host": "127.0.0.1:7752"]), now: town.clock.now)
    try #require(answer.status == 200)
  }

  private func proof(_ changes: JSONObject = [:]) throws -> Secret {
    let now = town.clock.now.seconds
    var claims: JSONObject = [
      "aud": "https://auth.msft.communication.azure.com", "scp": "Teams.ManageCalls",
      "azp": .string(Self.application), "oid": .string(Self.person), "iat": .integer(now),
      "exp": .integer(now + 3600),
    ]
    for change in changes.members { claims[change.name] = change.value.isNull ? nil : change.value }
    return try JWT.sign(.object(claims), with: Self.entraKey.get())
  }

  private func ask(_ proof: String?) async -> HTTPResponse {
    var headers: HTTPHeaders = [:]
    headers["teams-user-aad-token"] = proof
    return await town.ask("GET", "/api/token/teams", headers: headers)
  }

  @Test("an Entra token becomes one of ACS, in the shape of Microsoft's sample")
  func exchanged() async throws {
    let response = await ask(try proof().reveal())
    #expect(response.status == 201, "\(response.text)")
    #expect(response.headers["Cache-Control"] == "no-store")
    let json = try JSONValue.parse(response.body)
    #expect(json.object?.members.map(\.name) == ["token", "expiresOn"])
    let claims = try TokenClaims(jwt: Secret(json["token"]?.string ?? ""))
    #expect(claims.identity?.rawID == "8:orgid:\(Self.person)")
    guard case .tokenIssued(let record) = audit.all.first, audit.all.count == 1 else {
      Issue.record("not one entry, but \(audit.all)")
      return
    }
    #expect(record.identity == claims.identity)
    #expect(record.reason == "GET /api/token/teams")
  }

  @Test("what is no valid token of a person is the caller's fault, and told so")
  func refused() async throws {
    #expect(await ask(nil).status == 400)
    #expect(await ask("nonsense").status == 401)
    #expect(await ask(try proof(["exp": .integer(1)]).reveal()).status == 401)
    #expect(await ask(try proof(["scp": .null]).reveal()).status == 401)
    #expect(await ask(try proof(["oid": .null]).reveal()).status == 401)
    #expect(await ask(try proof(["azp": .null]).reveal()).status == 400)
    let refused = await ask("nonsense")
    #expect(try JSONValue.parse(refused.body)["code"] == 401)
  }
}
