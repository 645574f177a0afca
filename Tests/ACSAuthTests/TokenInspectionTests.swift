import ACSAuth
import ACSTypes
import ACSWire
import TestKit
import Testing

@Suite("TokenInspection")
struct TokenInspectionTests {
  static let now = Timestamp(milliseconds: 1_795_228_197_000)

  private func inspection(_ token: UnsignedToken) throws -> TokenInspection {
    try TokenInspection(Secret(token.text), now: Self.now)
  }

  @Test("a good token in plain words")
  func good() throws {
    let inspection = try inspection(
      UnsignedToken(
        issuedOn: Self.now - .seconds(600), expiresOn: Self.now + .seconds(3000)))
    #expect(!inspection.isExpired)
    #expect(
      inspection.lines == [
        "identity       8:acs:5d1c_alice (a user of an ACS resource)",
        "scopes         chat, voip",
        "resource       5d1c",
        "issued         2026-11-21T02:19:57Z, 10 min ago",
        "expires        2026-11-21T03:19:57Z, in 50 min",
        "lifetime       1 h",
        "signature      RS256, not checked",
      ])
    #expect(
      inspection.json == [
        "identity": "8:acs:5d1c_alice", "scopes": ["chat", "voip"], "resourceId": "5d1c",
        "issuedOn": "2026-11-21T02:19:57Z", "expiresOn": "2026-11-21T03:19:57Z",
        "lifeLeftSeconds": 3000, "isExpired": false, "algorithm": "RS256", "warnings": [],
      ])
  }

  @Test(
    "what is wrong with a token is said",
    arguments: [
      (
        UnsignedToken(expiresOn: now), ["The token has expired; no service takes it."]
      ),
      (
        UnsignedToken(expiresOn: nil),
        ["The token does not tell when it expires: it has no claim exp."]
      ),
      (
        UnsignedToken(identity: nil, expiresOn: now + .seconds(60)),
        ["The token does not tell whose it is: it has no claim skypeid."]
      ),
      (
        UnsignedToken(scopes: nil, expiresOn: now + .seconds(60)),
        ["The token does not tell what it is for: it has no claim acsScope."]
      ),
      (
        UnsignedToken(expiresOn: now + .seconds(60), algorithm: "none"),
        ["The token is not signed; no service should take it."]
      ),
      (
        UnsignedToken(issuedOn: now + .seconds(301), expiresOn: now + .seconds(3600)),
        ["The token was issued in the future; check this computer's clock."]
      ),
      (UnsignedToken(issuedOn: now + .seconds(300), expiresOn: now + .seconds(3600)), []),
    ])
  func warnings(token: UnsignedToken, warnings: [String]) throws {
    let inspection = try inspection(token)
    #expect(inspection.warnings == warnings)
    for warning in warnings { #expect(inspection.lines.contains("warning        \(warning)")) }
  }

  @Test("claims that steer a terminal do not get to it")
  func hostileClaims() throws {
    let token = UnsignedToken(
      identity: #"8:acs:\u001b[2Jx\u202e"#, expiresOn: Self.now + .seconds(60))
    let line = try #require(try inspection(token).lines.first)
    #expect(line == "identity       8:acs: [2Jx (a user of an ACS resource)")
  }

  @Test(
    "what is no token is refused without being shown",
    arguments: [
      ("secret", "This is no JSON Web Token: it should have three parts joined by dots."),
      ("a.b.c.d.e", "This is no JSON Web Token: it should have three parts joined by dots."),
      ("a.!secret.c", "This is no JSON Web Token: its second part is not base64url."),
      ("a.c2VjcmV0.c", "This is no JSON Web Token: its second part is not JSON."),
    ])
  func noToken(text: String, message: String) {
    let error = #expect(throws: WireError.self) {
      try TokenInspection(Secret(text), now: Self.now)
    }
    #expect(error?.message == message)
  }

  @Test(
    "a token is found in what people pipe",
    arguments: [
      ("a.b.c", "a.b.c"), ("  a.b.c\n", "a.b.c"), ("Bearer a.b.c", "a.b.c"),
      ("bearer  a.b.c\r\n", "a.b.c"),
      (#" {"token":"a.b.c","expiresOn":"2030-01-01T00:00:00Z","userId":"8:acs:x"}"#, "a.b.c"),
      ("", nil), (" \n", nil), ("a b c", nil), ("Basic a.b.c", nil), (#"{"tokn":"a.b.c"}"#, nil),
    ] as [(String, String?)])
  func input(text: String, token: String?) {
    #expect(TokenText(text)?.token.reveal() == token)
  }
}
