import ACSTypes
import ACSWire
import ServiceAuth
import TestKit
import Testing

@testable import Emulator

struct ManagedIdentityTests {
  static let settings = EntraSettings()
  static let resource = "https%3A%2F%2Fcommunication.azure.com%2F"
  static let machine =
    "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=\(resource)"
  static let app = "/msi/token?api-version=2019-08-01&resource=\(resource)"
  static let secret = HTTPHeaders(
    dictionaryLiteral: ("X-IDENTITY-HEADER", settings.identityHeader.reveal()))

  let bench: Bench
  let authority: Authority

  init() throws {
    bench = try Bench()
    authority = Authority(bench: bench)
  }

  @Test("a machine's token has the shape that is recorded, numbers as texts")
  func machine() throws {
    let response = authority.metadata(ManagedIdentityTests.machine)
    let body = try JSONValue.parse(response.body)
    let now = bench.clock.now.seconds
    let expected = [
      "client_id": ManagedIdentityTests.settings.clientID, "expires_in": "86399",
      "ext_expires_in": "86399", "expires_on": String(now + 86_399), "not_before": String(now),
      "resource": "https://communication.azure.com/", "token_type": "Bearer",
    ]
    for (name, value) in expected { #expect(body[name]?.string == value, "\(name)") }
    let token = try authority.token(response)
    let claims = try #require(JWT.unverifiedClaims(token))
    #expect(claims["oid"]?.string == ManagedIdentityTests.settings.principalID)
    #expect(claims["xms_mirid"]?.string == ManagedIdentityTests.settings.managedIdentityID)
    #expect(authority.create(with: token).status == 201)
  }

  @Test("an app's token has fewer members")
  func app() throws {
    let response = authority.metadata(
      ManagedIdentityTests.app, headers: ManagedIdentityTests.secret)
    let body = try JSONValue.parse(response.body)
    #expect(
      body.object?.members.map(\.name)
        == ["access_token", "client_id", "expires_on", "resource", "token_type"])
    #expect(authority.create(with: try authority.token(response)).status == 201)
  }

  @Test(
    "the identity may be named by each of its ids, and no other is there",
    arguments: [
      ("client_id", settings.clientID), ("client_id", settings.clientID.uppercased()),
      ("object_id", settings.principalID), ("msi_res_id", settings.managedIdentityID),
      ("mi_res_id", settings.managedIdentityID), ("principal_id", settings.principalID),
    ])
  func ids(name: String, id: String) throws {
    // Each service has names of its own besides these.
    let isMachines = !["mi_res_id", "principal_id"].contains(name)
    let services = [
      (ManagedIdentityTests.machine, HTTPHeaders(dictionaryLiteral: ("Metadata", "true"))),
      (ManagedIdentityTests.app, ManagedIdentityTests.secret),
    ]
    for (target, headers) in services where isMachines || target == ManagedIdentityTests.app {
      let named = authority.metadata("\(target)&\(name)=\(id.percentEncoded)", headers: headers)
      #expect(named.status == 200)
      let stranger = authority.metadata("\(target)&\(name)=\(id.percentEncoded)x", headers: headers)
      #expect(stranger.status == 400)
    }
  }

  @Test("a machine's request without what it needs is 400 in the words of IMDS")
  func badMachine() throws {
    func refusal(_ target: String, _ headers: HTTPHeaders = ["Metadata": "true"]) throws -> String {
      let response = authority.metadata(target, headers: headers)
      #expect(response.status == 400)
      let body = try JSONValue.parse(response.body)
      #expect(body["error"]?.string?.isEmpty == false)
      return try #require(body["error_description"]?.string)
    }
    let target = ManagedIdentityTests.machine
    #expect(try refusal(target, [:]) == "Required metadata header not specified")
    #expect(try refusal(target, ["Metadata": "yes"]) == "Required metadata header not specified")
    #expect(
      try refusal(target, ["Metadata": "true", "X-Forwarded-For": "203.0.113.1"])
        .contains("X-Forwarded-For"))
    let path = "/metadata/identity/oauth2/token"
    #expect(
      try refusal("\(path)?api-version=2018-02-01")
        == "Required query variable 'resource' is missing")
    #expect(
      try refusal("\(path)?resource=https%3A%2F%2Fa.example")
        == "Required query variable 'api-version' is missing")
    #expect(
      try refusal("\(path)?api-version=2017-01-01&resource=https%3A%2F%2Fa.example")
        .contains("2018-02-01"))
    #expect(
      try refusal("\(path)?api-version=2018-02-01&resource=nonsense").contains("AADSTS500011"))
    #expect(try refusal("\(target)&client_id=nobody") == "Identity not found")
  }

  @Test(
    "an app's request needs the secret",
    arguments: [nil, "", "guess", "\(settings.identityHeader.reveal())x"] as [String?])
  func badApp(secret: String?) throws {
    var headers: HTTPHeaders = ["Metadata": "true"]
    headers["X-IDENTITY-HEADER"] = secret
    let response = authority.metadata(ManagedIdentityTests.app, headers: headers)
    #expect(response.status == 401)
    let body = try JSONValue.parse(response.body)
    #expect(body["statusCode"]?.integer == 401)
    #expect(body["message"]?.string?.isEmpty == false)
  }

  @Test("other methods and paths are not there")
  func elsewhere() {
    #expect(authority.metadata(ManagedIdentityTests.machine, method: "POST").status == 405)
    #expect(authority.metadata("/metadata/instance?api-version=2021-02-01").status == 404)
    #expect(authority.metadata("/").status == 404)
  }
}
