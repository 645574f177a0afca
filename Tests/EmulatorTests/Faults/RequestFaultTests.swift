import ACSTypes
import ACSWire
import Services
import TestKit
import Testing

@testable import Emulator

@Suite("Faults of requests")
struct RequestFaultTests {
  let bench: Bench
  let alice: User
  let bob: User

  init() throws {
    bench = try Bench()
    alice = try bench.user()
    bob = try bench.user()
  }

  private func threads(_ user: User? = nil, _ headers: HTTPHeaders = [:]) -> HTTPResponse {
    bench.send(bench.request("GET", "/chat/threads", headers: headers), as: user ?? alice)
  }

  private func reply(_ request: HTTPRequest, as user: User) -> EmulatorReply {
    var request = request
    request.headers["Authorization"] = "Bearer \(user.token.reveal())"
    return bench.emulator.respond(to: request, now: bench.clock.now)
  }

  @Test("a status strikes the next requests, in the plane's envelope, with what browsers need")
  func status() throws {
    let id = try bench.fault(.status, ["status": 429, "retryAfter": 7, "next": 2])
    let origin: HTTPHeaders = ["Origin": "https://app.example"]
    let first = threads(alice, origin)
    expectChatError(
      first, 429, "TooManyRequests", "Rate limit is exceeded. Try again later.")
    #expect(first.headers["Retry-After"] == "7")
    #expect(first.headers["Access-Control-Allow-Origin"] == "*")
    #expect(
      first.headers["Access-Control-Expose-Headers"]?.contains("X-Confab-Why") == true)
    #expect(first.headers["X-Confab-Why"]?.contains("\(id) (status 429)") == true)
    #expect(first.headers["MS-CV"] != nil)
    #expect(threads().status == 429)
    #expect(threads().status == 200)
    try expectFaults([])
  }

  @Test("nothing is done for a refused request, and all of it when the fault is applied")
  func applied() throws {
    let thread = try bench.thread(alice, bob)
    func count() throws -> Int {
      let response = bench.send(
        bench.request("GET", "/chat/threads/\(thread.rawValue)/messages"), as: alice)
      let list = try JSONValue.parse(response.body)["value"]?.array ?? []
      return list.filter { $0["type"] == "text" }.count
    }
    func send() -> HTTPResponse {
      bench.send(
        bench.chat.sendMessage(SendChatMessageRequest(content: "x"), to: thread), as: alice)
    }
    try bench.fault(.status, ["status": 503])
    #expect(send().status == 503)
    #expect(try count() == 0)
    try bench.fault(.status, ["status": 504, "applied": true])
    #expect(send().status == 504)
    #expect(try count() == 1)
    try bench.fault(.reset)
    _ = send()
    #expect(try count() == 1)
    try bench.fault(.reset, ["applied": true])
    _ = send()
    #expect(try count() == 2)
  }

  @Test("resets, cuts, silences and delays are said to the server, also two at a time")
  func disturbances() throws {
    let request = bench.request("GET", "/chat/threads")
    try bench.fault(.reset)
    #expect(reply(request, as: alice).disturbance?.ending == .reset)
    try bench.fault(.truncate, ["bytes": 5])
    let cut = reply(request, as: alice)
    #expect(cut.disturbance?.ending == .truncated(bytes: 5, silence: .zero))
    #expect(cut.response.status == 200)
    #expect(cut.response.headers["X-Confab-Why"]?.contains("truncate") == true)
    try bench.fault(.stall, ["milliseconds": 9000])
    try bench.fault(.latency, ["milliseconds": 250])
    var both = Disturbance()
    both.delay = .milliseconds(250)
    both.ending = .truncated(bytes: nil, silence: .seconds(9))
    #expect(reply(request, as: alice).disturbance == both)
    #expect(reply(request, as: alice).disturbance == nil)
  }

  @Test("a late answer keeps what is wrong with its request")
  func reasons() throws {
    try bench.fault(.latency)
    let why = try #require(
      bench.send(bench.request("GET", "/chat/threads")).headers["X-Confab-Why"])
    #expect(why.contains("Authorization is missing"))
    #expect(why.contains("latency 2000 ms"))
  }

  @Test("an early event is there before the answer to the message that it tells of")
  func earlyEvent() throws {
    let thread = try bench.thread(alice, bob)
    let client = try bench.listener(bob)
    try bench.fault(.earlyEvent, ["milliseconds": 1500])
    #expect(threads().status == 200)
    let answer = reply(
      bench.chat.sendMessage(SendChatMessageRequest(content: "x"), to: thread), as: alice)
    #expect(answer.disturbance?.delay == .milliseconds(1500))
    #expect(try client.eventIDs() == [200])
  }

  @Test("a filter lets other requests through")
  func filters() throws {
    let filters: [JSONObject] = [
      ["plane": "rooms"], ["plane": "identity"], ["method": "POST"],
      ["path": "/chat/threads/*"], ["path": "/sms**"], ["user": .string(bob.id.rawID)],
    ]
    for filter in filters {
      let id = try bench.fault(.status, filter)
      #expect(threads().status == 200, "\(filter)")
      #expect(bench.administer("DELETE", "/faults/\(id)").status == 204)
    }
    let fitting: [JSONObject] = [
      ["plane": "chat"], ["method": "get"], ["path": "/chat/thr*"], ["path": "/**"],
      ["user": .string(alice.id.rawID)],
      ["plane": "chat", "method": "GET", "path": "/*/threads", "user": .string(alice.id.rawID)],
    ]
    for filter in fitting {
      try bench.fault(.status, filter)
      #expect(threads().status == 503, "\(filter)")
    }
  }

  @Test("a browser's first question is not struck")
  func preflight() throws {
    try bench.fault(.status)
    let answer = bench.send(
      bench.request(
        "OPTIONS", "/chat/threads",
        headers: ["Origin": "https://a.example", "Access-Control-Request-Method": "GET"]))
    #expect(answer.status == 204)
    #expect(threads().status == 503)
  }

  @Test("a share strikes the same requests for the same seed, and others for another")
  func share() throws {
    func pattern(_ seed: Int64) throws -> [Bool] {
      let bench = try Bench()
      try bench.fault(.status, ["share": 0.2, "seed": .integer(seed)])
      return (0..<500).map { _ in
        bench.send(bench.request("GET", "/chat/threads")).status == 503
      }
    }
    let first = try pattern(7)
    #expect(try pattern(7) == first)
    #expect(try pattern(8) != first)
    #expect(70...130 ~= first.count { $0 })
  }

  @Test("a fault ends with its time, by the emulator's clock")
  func times() throws {
    try bench.fault(.status, ["forMilliseconds": 30_000])
    for _ in 0..<5 { #expect(threads().status == 503) }
    bench.clock.advance(by: .seconds(29))
    #expect(threads().status == 503)
    bench.clock.advance(by: .seconds(1))
    #expect(threads().status == 200)
    try expectFaults([])
  }

  @Test("faults are listed with what is left of them, and cleared by id or all")
  func list() throws {
    let first = try bench.fault(.status, ["next": 3, "plane": "chat", "status": 500])
    let second = try bench.fault(.latency, ["share": 0.5, "method": "POST"])
    _ = threads()
    let list = try JSONValue.parse(bench.administer("GET", "/faults").body)["value"]
    #expect(
      list == [
        [
          "id": .string(first), "kind": "status", "plane": "chat", "status": 500, "next": 2,
          "hits": 1,
        ],
        [
          "id": .string(second), "kind": "latency", "method": "POST", "milliseconds": 2000,
          "share": 0.5, "seed": 1, "hits": 0,
        ],
      ])
    #expect(bench.administer("DELETE", "/faults/\(first)").status == 204)
    #expect(bench.administer("DELETE", "/faults/\(first)").status == 404)
    try expectFaults([second])
    #expect(bench.administer("DELETE", "/faults").status == 204)
    try expectFaults([])
  }

  @Test(
    "a fault that makes no sense is refused, with the word that is wrong",
    arguments: [
      (#"{}"#, "kind"), (#"{"kind":"nonsense"}"#, "revoke-tokens"),
      (#"{"kind":"status","status":200}"#, "status"),
      (#"{"kind":"status","status":"x"}"#, "status"),
      (#"{"kind":"status","share":0}"#, "share"), (#"{"kind":"status","share":1.5}"#, "share"),
      (#"{"kind":"status","next":0}"#, "next"), (#"{"kind":"status","plane":"moon"}"#, "plane"),
      (#"{"kind":"status","path":"x"}"#, "path"), (#"{"kind":"status","event":200}"#, "event"),
      (#"{"kind":"drop","path":"/x"}"#, "path"), (#"{"kind":"cut","next":2}"#, "next"),
      (#"{"kind":"latency","milliseconds":-1}"#, "milliseconds"),
      (#"{"kind":"status","nonsense":1}"#, "nonsense"),
      (#"{"kind":"reset","applied":1}"#, "applied"),
      (#"{"kind":"status","user":""}"#, "user"), (#"{"kind":"status","seed":-1}"#, "seed"),
    ])
  func badFaults(body: String, word: String) throws {
    let response = bench.administer("POST", "/faults", try JSONValue.parse(Array(body.utf8)))
    #expect(response.status == 400)
    #expect(response.headers["X-Confab-Why"]?.contains(word) == true)
    try expectFaults([])
  }

  @Test("no more than a thousand faults can be on")
  func capacity() throws {
    for _ in 0..<FaultTable.capacity { try bench.fault(.status, ["plane": "sms"]) }
    #expect(bench.administer("POST", "/faults", ["kind": "status"]).status == 409)
  }

  private func expectFaults(
    _ ids: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let list = try JSONValue.parse(bench.administer("GET", "/faults").body)["value"]?.array ?? []
    #expect(list.compactMap { $0["id"]?.string } == ids, sourceLocation: sourceLocation)
  }
}

@Suite("Patterns of paths")
struct PathPatternTests {
  @Test(
    "a star stays within its segment, two do not",
    arguments: [
      ("/a", "/a", true), ("/a", "/b", false), ("/a", "/a/", false), ("/*", "/a", true),
      ("/*", "/a/b", false), ("/**", "/a/b", true), ("**", "", true), ("*", "", true),
      ("/a/*/c", "/a/b/c", true), ("/a/*/c", "/a/c", false), ("/a/**/c", "/a/x/y/c", true),
      ("/a*c", "/abbbc", true), ("/a*c", "/abbb", false), ("/*:x", "/rooms:x", true),
      ("/a*a*a", "/aaa", true), ("/a*a*a", "/aa", false), ("", "", true), ("", "/", false),
    ])
  func patterns(pattern: String, path: String, fits: Bool) {
    #expect(FaultScope.matches(pattern[...], path[...]) == fits)
  }

  @Test("a long pattern against a long path takes no time to speak of")
  func hostile() {
    let pattern = String(repeating: "*a", count: 400)
    let path = String(repeating: "a", count: 8000) + "b"
    #expect(!FaultScope.matches(pattern[...], path[...]))
  }
}
