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

  /// What a script of a web page gets to read.
  func expectReadable(
    _ request: HTTPRequest, as user: User? = nil, on bench: Bench? = nil, _ status: Int,
    origin allowed: String = "*", sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var request = request
    request.headers["Origin"] = "https://app.example"
    let bench = bench ?? self.bench
    let response = user.map { bench.send(request, as: $0) } ?? bench.send(request)
    #expect(response.status == status, sourceLocation: sourceLocation)
    #expect(
      response.headers["Access-Control-Allow-Origin"] == allowed, sourceLocation: sourceLocation)
    let readable = response.headers["Access-Control-Expose-Headers"] ?? ""
    let names = readable.split(separator: ", ").map { $0.lowercased() }
    for name in response.headers.fields.map(\.name)
    where !Self.alwaysReadable.contains(name.lowercased()) {
      #expect(
        name.lowercased().hasPrefix("access-control-") || names.contains(name.lowercased()),
        "\(name)", sourceLocation: sourceLocation)
    }
  }

  /// What scripts may read in any case, or have no use for.
  static let alwaysReadable = ["content-type", "content-length", "vary"]

  @Test("scripts may read every refusal with all of its headers")
  func refusals() throws {
    let user = try bench.user()
    let stranger = try bench.thread(try bench.user())
    expectReadable(bench.chat.threads(), 401)
    expectReadable(bench.chat.thread(stranger), as: user, 403)
    expectReadable(bench.chat.thread(ChatThreadID("19:x@thread.v2")), as: user, 404)
    expectReadable(bench.request("GET", "/chat/nonsense"), as: user, 404)
    expectReadable(bench.request("PUT", "/chat/threads"), as: user, 405)
    expectReadable(bench.request("POST", "/chat/threads", [:]), as: user, 400)
    expectReadable(bench.request("GET", "/chat/threads", version: "2019-01-01"), as: user, 400)
    let own = try bench.thread(user)
    expectReadable(
      bench.chat.sendMessage(
        SendChatMessageRequest(content: String(repeating: "x", count: 29 << 10)), to: own),
      as: user, 413)
    let images = "/chat/threads/\(own.rawValue)/images"
    expectReadable(bench.request("POST", images), as: user, 501)
    expectReadable(bench.request("GET", "\(images)/1/views/original"), as: user, 501)

    let limited = try Bench { $0.keepsRequestBudgets = true }
    let hasty = try limited.user()
    for _ in 0..<50 { limited.send(limited.chat.threads(), as: hasty) }
    expectReadable(limited.chat.threads(), as: hasty, on: limited, 429)
  }

  @Test(
    "scripts may reach real-time events, too, with credentials",
    arguments: [
      ("GET", "/chat/config/realTimeNotifications", 401), ("POST", "/v4/a?epid=1", 401),
      ("GET", "/socket.io/1/", 401), ("POST", "/registrar/prod/v2/registrations", 401),
      ("DELETE", "/registrar/prod/v2/registrations/1", 401),
    ])
  func realTime(method: String, path: String, status: Int) throws {
    let origin = "https://app.example"
    expectReadable(bench.request(method, path, version: nil), status, origin: origin)
    let preflight = bench.send(
      bench.request(
        "OPTIONS", path, version: nil,
        headers: [
          "Origin": origin, "Access-Control-Request-Method": method,
          "Access-Control-Request-Headers": "x-skypetoken",
        ]))
    #expect(preflight.status == 204)
    #expect(preflight.headers["Access-Control-Allow-Headers"] == "x-skypetoken")
    let methods = preflight.headers["Access-Control-Allow-Methods"] ?? ""
    #expect(methods.split(separator: ", ").contains(Substring(method)))
    for response in [preflight, bench.send(bench.request(method, path, version: nil))] {
      let asked = response.status == 204
      #expect(response.headers["Access-Control-Allow-Credentials"] == (asked ? "true" : nil))
    }
  }
}
