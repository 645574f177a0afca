import ACSTypes
import ACSWire
import Testing

@Suite("Identity on the wire")
struct IdentityTypesTests {
  @Test("the bodies of requests hold only what is asked")
  func requests() throws {
    #expect(CreateIdentityRequest().json.text == "{}")
    #expect(
      CreateIdentityRequest(createTokenWithScopes: ["chat", "voip"], expiresInMinutes: 60).json.text
        == #"{"createTokenWithScopes":["chat","voip"],"expiresInMinutes":60}"#)
    #expect(try IssueAccessTokenRequest(text: #"{"scopes":[]}"#).scopes == [])
    let error = #expect(throws: WireError.self) {
      try IssueAccessTokenRequest(text: #"{"scopes":["chat",1]}"#)
    }
    #expect(error?.path == "scopes[1]")
  }

  @Test("an answer is written in the service's order and form")
  func answers() throws {
    let result = CommunicationIdentityAccessTokenResult(
      identity: CommunicationIdentity(id: "8:acs:a_b"),
      accessToken: AccessTokenModel(
        token: Secret("a.b.c"), expiresOn: WireTime(identity: Timestamp(milliseconds: 1500))))
    #expect(
      result.json.text
        == #"{"identity":{"id":"8:acs:a_b"},"accessToken":{"token":"a.b.c","#
        + #""expiresOn":"1970-01-01T00:00:01.500000+00:00"}}"#)
    #expect(try CommunicationIdentityAccessTokenResult(bytes: result.bytes) == result)
    #expect("\(result)".contains("a.b.c") == false)
  }
}
