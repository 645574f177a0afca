import ACSTypes
import Testing
import TestKit

@testable import ServiceAuth

struct HMACTests {
  static let now = Timestamp(milliseconds: 1_795_228_197_000)
  static let request = HTTPRequest(
    method: "POST", origin: "https://127.0.0.1:7751",
    target: "/identities/8%3Aacs%3A1_2/:issueAccessToken?api-version=2023-10-01",
    body: Array(#"{"scopes":["chat"]}"#.utf8))

  let key = AccessKey(random: SeededRandom(seed: 1))
  var verifier: HMACVerifier { HMACVerifier(keys: [key]) }
  var signed: HTTPRequest { HMACSigner.sign(HMACTests.request, with: key, now: HMACTests.now) }

  func refusal(of request: HTTPRequest, now: Timestamp = HMACTests.now) -> HMACRefusal? {
    do throws(HMACRefusal) {
      try verifier.verify(request, now: now)
      return nil
    } catch {
      return error
    }
  }

  @Test("signatures are those that Python works out", arguments: HMACVector.all)
  func vectors(vector: HMACVector) throws {
    let key = try AccessKey(base64: vector.key)
    let now = try #require(Timestamp(httpDate: vector.date))
    let request = HTTPRequest(
      method: vector.method, origin: "https://\(vector.host)", target: vector.target,
      body: Array(vector.body.utf8))
    let signed = HMACSigner.sign(request, with: key, now: now)
    #expect(signed.headers["x-ms-date"] == vector.date)
    #expect(signed.headers["x-ms-content-sha256"] == vector.contentHash)
    #expect(
      signed.headers["Authorization"]
        == "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
        + vector.signature)
    try HMACVerifier(keys: [key]).verify(signed, now: now)
  }

  @Test("a signer signs at the clock's time")
  func signerUsesClock() async throws {
    let clock = ManualClock(HMACTests.now)
    let authorised = try await HMACSigner(key: key, clock: clock).authorise(HMACTests.request)
    #expect(authorised == signed)
  }

  @Test("either key is accepted, a third is not")
  func twoKeys() throws {
    let other = AccessKey(random: SeededRandom(seed: 2))
    let third = AccessKey(random: SeededRandom(seed: 3))
    let verifier = HMACVerifier(keys: [other, key])
    try verifier.verify(signed, now: HMACTests.now)
    #expect(throws: HMACRefusal.self) {
      try verifier.verify(
        HMACSigner.sign(HMACTests.request, with: third, now: HMACTests.now), now: HMACTests.now)
    }
  }

  @Test("a client that signs the decoded colons is accepted")
  func decodedColons() {
    var decoded = HMACTests.request
    decoded.target = decoded.target.replacing("%3A", with: ":")
    var request = HMACSigner.sign(decoded, with: key, now: HMACTests.now)
    request.target = HMACTests.request.target
    #expect(refusal(of: request) == nil)
  }

  @Test("behind a proxy, x-ms-host stands in for the host")
  func proxiedHost() {
    var request = signed
    request.origin = "http://proxy:8080"
    #expect(refusal(of: request) != nil)
    request.headers["x-ms-host"] = "127.0.0.1:7751"
    #expect(refusal(of: request) == nil)
  }

  @Test("a Date header does where x-ms-date is not signed")
  func dateHeader() {
    var request = signed
    let date = HMACTests.now.httpDate
    let hash = Digest.contentHash(request.body)
    let text = "POST\n\(request.target)\n\(date);127.0.0.1:7751;\(hash)"
    request.headers["x-ms-date"] = nil
    request.headers["Date"] = date
    request.headers["Authorization"] =
      "HMAC-SHA256 SignedHeaders=date;host;x-ms-content-sha256&Signature="
      + key.signature(of: text).base64
    #expect(refusal(of: request) == nil)
  }

  @Test(
    "five minutes off are allowed, more are not",
    arguments: [(300, true), (301, false), (-300, true), (-301, false)])
  func clockWindow(seconds: Int, isAllowed: Bool) {
    let refusal = refusal(of: signed, now: HMACTests.now + .seconds(seconds))
    #expect(refusal == (isAllowed ? nil : .clockOff(.seconds(seconds))))
  }

  @Test("each thing that is wrong has its reason")
  func reasons() {
    func changed(_ name: String, _ value: String?) -> HMACRefusal? {
      var request = signed
      request.headers[name] = value
      return refusal(of: request)
    }
    #expect(changed("Authorization", nil) == .missingHeader("Authorization"))
    #expect(changed("Authorization", "Bearer x") == .otherScheme("Bearer"))
    #expect(changed("Authorization", "HMAC-SHA256 nonsense") == .malformedAuthorization)
    #expect(
      changed("Authorization", "HMAC-SHA256 SignedHeaders=host&Signature=AA==")
        == .malformedAuthorization)
    #expect(changed("x-ms-date", nil) == .missingHeader("x-ms-date"))
    #expect(changed("x-ms-date", "yesterday") == .badDate("yesterday"))
    #expect(changed("x-ms-content-sha256", nil) == .missingHeader("x-ms-content-sha256"))
    var request = signed
    request.body.append(32)
    #expect(
      refusal(of: request) == .contentHashDiffers(actual: Digest.contentHash(request.body)))
    request = signed
    request.target += "&x=1"
    guard case .signatureDiffers(let text)? = refusal(of: request) else {
      Issue.record("a changed target was accepted")
      return
    }
    #expect(text.contains("&x=1"))
  }

  @Test("reasons say what to do")
  func words() {
    #expect(
      HMACRefusal.clockOff(.seconds(720)).words
        == "The request was dated 12 minutes in the past; set the clock of the sender.")
    #expect(
      HMACRefusal.signatureDiffers(stringToSign: "GET\n/x\na;b;c").words
        == "The signature differs. Either the access key is another, or the text signed was not "
        + #""GET\n/x\na;b;c"."#)
  }
}
