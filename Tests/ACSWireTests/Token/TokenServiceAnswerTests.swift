import ACSTypes
import ACSWire
import Testing

/// `{"skypeid":"acs:r_alice","scp":1792,"csi":"1755818174","exp":1755821774,"acsScope":"chat,voip",
/// "resourceId":"r","iat":1755818174}` between two parts that nobody reads.
private let jwt =
  "eyJhbGciOiJSUzI1NiJ9.eyJza3lwZWlkIjoiYWNzOnJfYWxpY2UiLCJzY3AiOjE3OTIsImNzaSI6IjE3NTU4MTgxNzQiLCJleHAiOjE3NTU4MjE3NzQsImFjc1Njb3BlIjoiY2hhdCx2b2lwIiwicmVzb3VyY2VJZCI6InIiLCJpYXQiOjE3NTU4MTgxNzR9.c2ln"

@Suite("Tokens")
struct TokenServiceAnswerTests {
  @Test("the claims of a token are read")
  func claims() throws {
    let claims = try TokenClaims(jwt: Secret(jwt))
    #expect(claims.identity?.rawID == "8:acs:r_alice")
    #expect(claims.scopes == [.chat, .voip])
    #expect(claims.issuedOn?.seconds == 1_755_818_174)
    #expect(claims.expiresOn.seconds == 1_755_821_774)
    #expect(claims.resourceID == "r")
  }

  @Test("the recordings' fake token is read: padding, an end with a fraction, nothing else")
  func fake() throws {
    let claims = try TokenClaims(
      jwt: Secret("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE2NTM1NTU1NjQuODg4fQ==.adM-dd"))
    #expect(claims.expiresOn.milliseconds == 1_653_555_564_888)
    #expect(claims.identity == nil)
    #expect(claims.scopes == [])
  }

  @Test("a member called value that holds no token does not hide the token beside it")
  func valueBeside() throws {
    let answer = try TokenServiceAnswer(
      bytes: Array(#"{"value":"Bearer","token":"\#(jwt)"}"#.utf8))
    #expect(answer.token.token == Secret(jwt))
  }

  @Test("scopes may be joined by blanks")
  func blanks() throws {
    // {"exp":1,"acsScope":"chat.join voip.join"}
    let claims = try TokenClaims(
      jwt: Secret("x.eyJleHAiOjEsImFjc1Njb3BlIjoiY2hhdC5qb2luIHZvaXAuam9pbiJ9.x"))
    #expect(claims.scopes == [.chatJoin, .voipJoin])
  }

  @Test(
    "what is no token is refused, and the refusal does not show it",
    arguments: [
      ("", "three parts"), ("hunter2", "three parts"), ("a.b", "three parts"),
      ("a.hunter2?.c", "base64url"), ("a.aHVudGVyMg.c", "not JSON"), ("a.e30.c", "expires"),
      ("a.eyJleHAiOiJodW50ZXIyIn0.c", "expires"), ("a.W10.c", "expires"),
      ("a.eyJleHAiOjFlMzAwfQ.c", "expires"),
      ("a.eyJleHAiOi05MjIzMzcyMDM2ODU0Nzc1LjgwOH0.c", "expires"),
    ])
  func refused(text: String, reason: String) {
    let error = #expect(throws: WireError.self) { try TokenClaims(jwt: Secret(text)) }
    #expect(error?.description.contains(reason) == true)
    #expect(error?.description.contains("hunter2") == false)
  }

  @Test(
    "every known token service is understood",
    arguments: [
      #"{"token":"T","expiresOn":"2025-08-22T00:16:14.123Z","user":{"communicationUserId":"8:acs:r_bob"}}"#,
      #"{"token":"T","expiresOn":"2025-08-22T00:16:14.1234567+00:00","user":{"id":"8:acs:r_bob","rawId":"8:acs:r_bob"}}"#,
      #"{"identity":{"id":"8:acs:r_bob"},"accessToken":{"token":"T","expiresOn":"2025-08-22T00:16:14.123Z"}}"#,
      #"{"Value":{"User":{"Id":"8:acs:r_bob"},"AccessToken":{"Token":"T","ExpiresOn":"2025-08-22T00:16:14.123+00:00"}}}"#,
      #"{"token":"T","expiresOn":"2025-08-22T02:16:14.123+02:00","userId":"8:acs:r_bob"}"#,
    ])
  func shapes(text: String) throws {
    let token = try TokenServiceAnswer(
      bytes: Array(text.replacing("\"T\"", with: "\"\(jwt)\"").utf8)
    ).token
    #expect(token.token.reveal() == jwt)
    #expect(token.identity.rawID == "8:acs:r_bob")
    #expect(token.expiresOn.milliseconds == 1_755_821_774_123)
    #expect(token.claims?.scopes == [.chat, .voip])
  }

  @Test("what the answer lacks is read from the token")
  func fromToken() throws {
    let token = try TokenServiceAnswer(json: ["token": .string(jwt)]).token
    #expect(token.identity.rawID == "8:acs:r_alice")
    #expect(token.expiresOn.seconds == 1_755_821_774)
    let opaque = try TokenServiceAnswer(json: [
      "token": "opaque", "expiresOn": "2025-08-22T00:16:14Z", "userId": "8:acs:r_bob",
    ]).token
    #expect(opaque.claims == nil)
  }

  @Test(
    "what is missing is named, and no secret is",
    arguments: [
      (#"{}"#, "token: The token service's answer has no token."),
      (#"{"token":""}"#, "token: The token service's answer has no token."),
      (#""hunter2""#, "The token service should answer with an object and gave a string."),
      (
        #"{"token":"hunter2","userId":"8:acs:r_bob"}"#,
        "expiresOn: Neither the token service's answer nor the token tells when it expires."
      ),
      (
        #"{"token":"hunter2","expiresOn":"2025-08-22T00:16:14Z"}"#,
        "user.communicationUserId: Neither the token service's answer nor the token tells whose token it is."
      ),
      (
        #"{"token":"hunter2","expiresOn":"hunter2"}"#,
        "expiresOn: This should be a time such as 2026-11-21T02:29:57Z."
      ),
    ])
  func missing(text: String, description: String) {
    let error = #expect(throws: WireError.self) { try TokenServiceAnswer(bytes: Array(text.utf8)) }
    #expect(error?.description == description)
  }

  @Test("our own token service's answer is understood")
  func grant() throws {
    let grant = TokenServiceGrant(
      token: Secret(jwt), expiresOn: Timestamp(milliseconds: 1_755_821_774_123),
      identity: CommunicationIdentifier(rawID: "8:acs:r_bob"))
    let token = try TokenServiceAnswer(json: grant.json).token
    #expect(token.identity == grant.identity)
    #expect(token.expiresOn == grant.expiresOn)
  }
}
