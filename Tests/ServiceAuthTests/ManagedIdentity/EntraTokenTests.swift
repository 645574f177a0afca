import ACSTypes
import Testing
import TestKit

@testable import ServiceAuth

struct EntraTokenTests {
  static let now = Timestamp(seconds: 1_000_000)

  @Test(
    "numbers may be strings, and the remaining life counts most",
    arguments: [
      (#""expires_in":60"#, 1_000_060, nil),
      (#""expires_in":"60""#, 1_000_060, nil),
      (#""expires_on":"1000070""#, 1_000_070, nil),
      (#""expires_on":1000070"#, 1_000_070, nil),
      (#""expires_in":60,"expires_on":5"#, 1_000_060, nil),
      (#""expires_in":60,"refresh_in":"30""#, 1_000_060, 1_000_030),
      (#""expires_in":60,"refresh_in":90"#, 1_000_060, nil),
    ] as [(String, Int64, Int64?)])
  func readable(members: String, expiry: Int64, refresh: Int64?) {
    let body = #"{"access_token":"t","token_type":"Bearer",\#(members)}"#
    #expect(
      EntraToken(answer: Array(body.utf8), now: EntraTokenTests.now)
        == EntraToken(
          token: Secret("t"), expiresOn: Timestamp(seconds: expiry),
          refreshOn: refresh.map { Timestamp(seconds: $0) }))
  }

  @Test("the Azure CLI's own names are read, old ones by the token's claim")
  func azureCLI() {
    let new = #"{"accessToken":"t","expiresOn":"2026-11-21 03:00:00.0","expires_on":1000070}"#
    #expect(
      EntraToken(answer: Array(new.utf8), now: EntraTokenTests.now)?.expiresOn
        == Timestamp(seconds: 1_000_070))
    let claims = Array(#"{"exp":1000090}"#.utf8).base64URL
    let old = #"{"accessToken":"e30.\#(claims).x","expiresOn":"2026-11-21 03:00:00.0"}"#
    #expect(
      EntraToken(answer: Array(old.utf8), now: EntraTokenTests.now)?.expiresOn
        == Timestamp(seconds: 1_000_090))
  }

  @Test(
    "what tells no end is no token",
    arguments: [
      #"{"access_token":"t"}"#, #"{"access_token":"t","expires_in":"soon"}"#,
      #"{"access_token":"t","expires_in":-5}"#,
      #"{"access_token":"t","expires_in":9223372036854775807}"#, #"{"expires_in":60}"#, "[]",
      "null", "<html>",
    ])
  func unreadable(body: String) {
    #expect(EntraToken(answer: Array(body.utf8), now: EntraTokenTests.now) == nil)
  }

  @Test("an answer's words are the first line of the description, without trace ids")
  func words() {
    func words(_ body: String, hiding: [Secret] = []) -> String {
      EntraRefusal(HTTPResponse(status: 401, body: Array(body.utf8)), hiding: hiding).words
    }
    #expect(
      words(
        #"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid secret. Trace ID: 1\r\nTimestamp: x"}"#
      ) == "AADSTS7000215: Invalid secret. [401 invalid_client]")
    #expect(words(#"{"error":{"code":"a","message":"b"}}"#) == "b [401 a]")
    #expect(words("<html>") == "[401]")
    #expect(
      words(#"{"error":"x","error_description":"got s3cret"}"#, hiding: [Secret("s3cret")])
        == "got <redacted> [401 x]")
  }
}
