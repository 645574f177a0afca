import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

struct CrossOriginTests {
  let bench: Bench

  init() throws {
    bench = try Bench()
  }

  @Test("a browser that asks first is told that the script may, without a token")
  func preflight() {
    let wanted = "authorization,content-type,repeatability-request-id,x-ms-useragent"
    let response = bench.send(
      bench.request(
        "OPTIONS", "/chat/threads", version: "2024-03-07",
        headers: [
          "Origin": "https://app.example", "Access-Control-Request-Method": "POST",
          "Access-Control-Request-Headers": wanted,
          "Access-Control-Request-Private-Network": "true",
        ]))
    #expect(response.status == 204)
    #expect(response.body.isEmpty)
    #expect(response.headers["Access-Control-Allow-Origin"] == "*")
    #expect(response.headers["Access-Control-Allow-Methods"] == "GET, POST, PATCH, DELETE")
    #expect(response.headers["Access-Control-Allow-Headers"] == wanted)
    #expect(response.headers["Access-Control-Allow-Private-Network"] == "true")
  }

  @Test("scripts may read answers and refusals, with the headers that SDKs look at")
  func answers() throws {
    let user = try bench.user()
    var request = bench.chat.threads()
    request.headers["Origin"] = "null"
    var unknown = bench.chat.thread(ChatThreadID("19:x@thread.v2"))
    unknown.headers["Origin"] = "http://localhost:3000"
    for (response, status) in [
      (bench.send(request, as: user), 200), (bench.send(request), 401),
      (bench.send(unknown, as: user), 404),
    ] {
      #expect(response.status == status)
      #expect(response.headers["Access-Control-Allow-Origin"] == "*")
      #expect(response.headers["Access-Control-Allow-Credentials"] == nil)
      for name in ["MS-CV", "Retry-After", "Location", "x-ms-client-request-id"] {
        #expect(response.headers["Access-Control-Expose-Headers"]?.contains(name) == true)
      }
    }
  }

  @Test("who is no browser gets none of that, and scripts nothing of what takes the access key")
  func others() throws {
    let user = try bench.user()
    #expect(
      bench.send(bench.chat.threads(), as: user).headers["Access-Control-Allow-Origin"] == nil)
    let foreign = ["Origin": "https://evil.example"] as HTTPHeaders
    let response = bench.signed(bench.request("POST", "/identities", headers: foreign))
    #expect(response.status == 201)
    #expect(response.headers["Access-Control-Allow-Origin"] == nil)
    var asked = foreign
    asked["Access-Control-Request-Method"] = "POST"
    let preflight = bench.send(bench.request("OPTIONS", "/identities", headers: asked))
    #expect(preflight.status == 405)
    #expect(bench.send(bench.request("OPTIONS", "/chat/threads")).status == 405)
  }
}
