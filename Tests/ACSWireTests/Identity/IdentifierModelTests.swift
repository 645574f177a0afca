import ACSTypes
import ACSWire
import Testing

@Suite("Identifiers on the wire")
struct IdentifierModelTests {
  @Test(
    "every form names the raw id and is written back as it came",
    arguments: [
      (#"{"rawId":"8:acs:a_b","communicationUser":{"id":"8:acs:a_b"}}"#, "8:acs:a_b"),
      (#"{"communicationUser":{"id":"8:acs:a_b"}}"#, "8:acs:a_b"),
      (#"{"rawId":"8:acs:a_b"}"#, "8:acs:a_b"),
      (
        #"{"kind":"communicationUser","rawId":"8:acs:a_b","communicationUser":{"id":"8:acs:a_b","x":1}}"#,
        "8:acs:a_b"
      ),
      (#"{"phoneNumber":{"value":"+15551234567","isAnonymous":false}}"#, "4:+15551234567"),
      (#"{"microsoftTeamsUser":{"userId":"u"}}"#, "8:orgid:u"),
      (#"{"microsoftTeamsUser":{"userId":"u","cloud":"dod"}}"#, "8:dod:u"),
      (#"{"microsoftTeamsUser":{"userId":"u","cloud":"gcch"}}"#, "8:gcch:u"),
      (
        #"{"microsoftTeamsUser":{"userId":"u","isAnonymous":true,"cloud":"public"}}"#,
        "8:teamsvisitor:u"
      ),
      (#"{"microsoftTeamsApp":{"appId":"a"}}"#, "28:orgid:a"),
      (#"{"microsoftTeamsApp":{"appId":"a","cloud":"gcch"}}"#, "28:gcch:a"),
      (#"{"kind":"unknown","rawId":"48:calllogs"}"#, "48:calllogs"),
    ])
  func forms(text: String, rawID: String) throws {
    let model = try IdentifierModel(text: text)
    #expect(model.identifier.rawID == rawID)
    #expect(model.json == (try JSONValue.parse(text)))
  }

  @Test(
    "what names nobody, or several kinds, is refused",
    arguments: [
      "{}", #"{"rawId":""}"#, #"{"communicationUser":{}}"#, #"{"rawId":7}"#, "[]",
      #"{"communicationUser":"8:acs:a_b"}"#,
      #"{"communicationUser":{"id":"8:acs:a_b"},"phoneNumber":{"value":"+1"}}"#,
    ])
  func refused(text: String) {
    #expect(throws: WireError.self) { try IdentifierModel(text: text) }
  }

  @Test(
    "an identifier is written with the object of its kind",
    arguments: [
      ("8:acs:a_b", #"{"rawId":"8:acs:a_b","communicationUser":{"id":"8:acs:a_b"}}"#),
      ("4:+1555", #"{"rawId":"4:+1555","phoneNumber":{"value":"+1555"}}"#),
      (
        "8:gcch:u",
        #"{"rawId":"8:gcch:u","microsoftTeamsUser":{"userId":"u","isAnonymous":false,"cloud":"gcch"}}"#
      ),
      (
        "8:teamsvisitor:u",
        #"{"rawId":"8:teamsvisitor:u","microsoftTeamsUser":{"userId":"u","isAnonymous":true,"cloud":"public"}}"#
      ),
      ("28:dod:a", #"{"rawId":"28:dod:a","microsoftTeamsApp":{"appId":"a","cloud":"dod"}}"#),
      ("48:x", #"{"rawId":"48:x"}"#),
    ])
  func written(rawID: String, text: String) throws {
    let model = IdentifierModel(CommunicationIdentifier(rawID: rawID))
    #expect(model.json.text == text)
    #expect(try IdentifierModel(json: model.json).identifier.rawID == rawID)
  }

  @Test("the kind is written first when asked for")
  func kind() {
    let model = IdentifierModel(CommunicationIdentifier(rawID: "8:acs:a_b"), writingKind: true)
    #expect(model.json.text.hasPrefix(#"{"kind":"communicationUser","rawId":"8:acs:a_b""#))
  }
}
