import ACSTypes
import ACSWire
import ServiceAuth
import TestKit
import Testing

@testable import Emulator

struct RequestTests {
  let bench: Bench

  init() throws {
    bench = try Bench()
  }

  @Test(
    "a version must be there, well formed and not too old",
    arguments: [
      (nil, 400), ("", 400), ("latest", 400), ("2020-09-21", 400), ("2024-13-01", 400),
      ("2024-03-07x", 400), ("2021-03-07", 201), ("2023-10-01", 201), ("2099-01-01", 201),
      ("2025-01-01-preview", 201), ("2025-01-01-preview.2", 201),
    ] as [(String?, Int)])
  func versions(version: String?, status: Int) {
    let response = bench.signed(bench.request("POST", "/identities", version: version))
    #expect(response.status == status)
  }

  @Test("an unknown version gets the service's words")
  func unknownVersion() throws {
    try expectError(
      bench.signed(bench.request("POST", "/identities", version: "2019-01-01")), 400,
      "UnsupportedApiVersion",
      "The HTTP resource that matches the request URI 'https://127.0.0.1:7751/identities' does not "
        + "support the API version '2019-01-01'.")
  }

  @Test("answers have the service's headers, and the request's id when it asks")
  func headers() throws {
    let user = try bench.user()
    var request = bench.chat.threads()
    request.headers["x-ms-client-request-id"] = "mine"
    var response = bench.send(request, as: user)
    #expect(response.headers["MS-CV"]?.count == 24)
    #expect(response.headers["MS-CV"]?.hasSuffix(".0") == true)
    #expect(response.headers["api-supported-versions"]?.contains("2024-03-07") == true)
    #expect(response.headers["Content-Type"] == "application/json; charset=utf-8")
    #expect(response.headers["x-ms-client-request-id"] == nil)
    request.headers["x-ms-return-client-request-id"] = "true"
    response = bench.send(request, as: user)
    #expect(response.headers["x-ms-client-request-id"] == "mine")
    // Identity does not wait to be asked.
    for (status, body) in [(201, nil), (400, ["expiresInMinutes": 1])] as [(Int, JSONValue?)] {
      let own = ["x-ms-client-request-id": "mine"] as HTTPHeaders
      response = bench.signed(bench.request("POST", "/identities", body, headers: own))
      #expect(response.status == status)
      #expect(response.headers["x-ms-client-request-id"] == "mine")
    }
  }

  @Test(
    "what is not there is 404, 405 or 501",
    arguments: [
      ("GET", "/nonsense", 404), ("GET", "/chat/nonsense", 404), ("PUT", "/identities", 405),
      ("PATCH", "/chat/threads", 405), ("POST", "/emails:send", 501), ("PUT", "/rooms", 405),
      ("POST", "/emails:send", 501), ("GET", "/phoneNumbers", 501),
      ("GET", "/phoneNumbers", 501),
      ("POST", "/calling/callConnections/1:play", 501),
      ("POST", "/networkTraversal/:issueRelayConfiguration", 501),
    ])
  func gaps(method: String, path: String, status: Int) {
    let response = bench.signed(bench.request(method, path))
    #expect(response.status == status)
    #expect(response.headers["X-Confab-Why"]?.isEmpty == false)
  }

  @Test(
    "each service that is absent is named",
    arguments: [
      ("/operatorInformation:search", "phone numbers"), ("/phoneNumbers/x", "phone numbers"),
      ("/availablePhoneNumbers/countries/US/types", "phone numbers"),
      ("/countries", "phone numbers"), ("/emails/operations/1", "email"),
      ("/messages/notifications:send", "advanced messaging"),
      ("/messages/streams/1", "advanced messaging"),
      ("/routing/jobs/1:close", "job router"), ("/shortCodes", "short codes"),
      ("/tollFreeVerification/campaignBriefs", "toll-free verification"),
      ("/alphaIds/countries", "alphanumeric senders"),
    ])
  func absentServices(path: String, name: String) {
    let response = bench.signed(bench.request("POST", path))
    #expect(response.status == 501)
    #expect(response.headers["X-Confab-Why"]?.contains("does not have \(name).") == true)
  }

  @Test(
    "what the sockets' side refuses has its plane's envelope, the reason, and what browsers read")
  func refusedBefore() throws {
    let request = bench.request("POST", "/chat/threads", headers: ["Origin": "http://a"])
    let response = bench.emulator.refuse(
      request, 413, "RequestBodyTooLarge", "Too large.", now: bench.clock.now)
    #expect(response.status == 413)
    #expect(response.text.contains("RequestBodyTooLarge") && response.text.contains("Too large."))
    #expect(response.headers["X-Confab-Why"] == "Too large.")
    #expect(response.headers["MS-CV"] != nil)
    #expect(response.headers["Access-Control-Allow-Origin"] == "*")
    let other = HTTPRequest(method: "GET", origin: "", target: "/metadata/x")
    let metadata = Emulator.metadataRefusal(of: other, 400, "Bad.")
    #expect(metadata.status == 400 && metadata.headers["X-Confab-Why"] == "Bad.")
    #expect(Emulator.refusal(400, "BadRequest", "Bad.").headers["X-Confab-Why"] == "Bad.")
  }

  @Test("the root tells what it is")
  func greeting() {
    let response = bench.send(bench.request("GET", "/", version: nil))
    #expect(response.status == 200)
    #expect(
      response.text
        == "This is the Confab emulator of Azure Communication Services at https://127.0.0.1:7751.\n"
    )
  }

  @Test("reasons are fit for a header, whatever stands in the request")
  func hostileReasons() throws {
    let user = try bench.user()
    let id = "\u{1B}[31m\r\nX: y\u{202E}\(String(repeating: "z", count: 5000))"
    let response = bench.send(
      bench.request("GET", "/chat/threads/\(id.percentEncoded)"), as: user)
    #expect(response.status == 400)
    let why = try #require(response.headers["X-Confab-Why"])
    #expect(why.utf8.count <= 1000)
    #expect(why.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
  }
}
