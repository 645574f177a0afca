import ACSTypes
import ACSWire
import Testing

@Suite("The string to sign")
struct StringToSignTests {
  @Test("it covers verb, raw target, date, host with port and content hash")
  func request() {
    let request = HTTPRequest(
      method: "POST", origin: "http://127.0.0.1:7750",
      target: "/identities/8%3Aacs%3Aa_b/:issueAccessToken?api-version=2023-10-01")
    let text = StringToSign(
      request, date: "Sat, 21 Nov 2026 02:29:57 GMT", contentHash: StringToSign.emptyContentHash
    ).text
    #expect(
      text == """
        POST
        /identities/8%3Aacs%3Aa_b/:issueAccessToken?api-version=2023-10-01
        Sat, 21 Nov 2026 02:29:57 GMT;127.0.0.1:7750;47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
        """)
  }
}
