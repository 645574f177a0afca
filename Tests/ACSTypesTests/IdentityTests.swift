import ACSTypes
import Testing

@Suite("Identifiers and secrets")
struct IdentityTests {
  @Test(
    "the prefix tells the kind",
    arguments: [
      ("8:acs:r_1", .communicationUser), ("8:spool:x", .communicationUser),
      ("8:dod-acs:x", .communicationUser), ("8:gcch-acs:x", .communicationUser),
      ("4:+15551234567", .phoneNumber), ("8:orgid:x", .microsoftTeamsUser),
      ("8:dod:x", .microsoftTeamsUser), ("8:gcch:x", .microsoftTeamsUser),
      ("8:teamsvisitor:x", .microsoftTeamsUser), ("28:orgid:x", .microsoftTeamsApp),
      ("28:gcch:x", .microsoftTeamsApp), ("8:echo123", .unknown), ("", .unknown),
      ("8:ACS:x", .unknown),
    ] as [(String, CommunicationIdentifier.Kind)])
  func kinds(rawID: String, kind: CommunicationIdentifier.Kind) {
    #expect(CommunicationIdentifier(rawID: rawID).kind == kind)
  }

  @Test("the short form is for people")
  func shortForms() {
    #expect(CommunicationIdentifier(rawID: "8:acs:r_0000-00343a0d007710").shortForm == "…0d007710")
    #expect(CommunicationIdentifier(rawID: "4:+1555").shortForm == "+1555")
    #expect(CommunicationIdentifier(rawID: "8:orgid:x").shortForm == "8:orgid:x")
  }

  @Test("a secret is never shown")
  func secrets() {
    let secret = Secret("hunter2")
    var dumped = ""
    dump([secret], to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), "\([secret])", dumped] {
      #expect(text.contains("hunter2") == false)
    }
    #expect(secret.reveal() == "hunter2")
  }
}
