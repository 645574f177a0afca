import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

struct OverviewTests {
  let bench: Bench

  init() throws { bench = try Bench() }

  func list(_ path: String) throws -> [JSONValue] {
    try JSONValue.parse(bench.administer("GET", path).body)["value"]?.array ?? []
  }

  @Test("users and threads are told with what there is of them")
  func overview() throws {
    let (alice, bob) = (try bench.user(), try bench.user())
    let thread = try bench.thread(alice, bob)
    try bench.say("hello", as: bob, in: thread)
    let users = try list("/users")
    #expect(Set(users.compactMap { $0["id"]?.string }) == [alice.id.rawID, bob.id.rawID])
    #expect(users.allSatisfy { $0["threads"]?.integer == 1 && $0["bot"]?.bool == false })
    let threads = try list("/threads")
    #expect(threads.count == 1)
    #expect(threads[0]["id"]?.string == thread.rawValue)
    #expect(threads[0]["topic"]?.string == "Boats")
    #expect(threads[0]["participants"]?.integer == 2)
    #expect(threads[0]["messages"]?.integer == 3)
    #expect(try list("/users?limit=1").count == 1)
    #expect(bench.administer("GET", "/users?limit=0").status == 400)
  }

  @Test("tokens are told by what they are for and whether they are good, and never shown")
  func tokens() throws {
    let user = try bench.user()
    var all = try list("/tokens")
    #expect(all.count == 1)
    #expect(all[0]["identity"]?.string == user.id.rawID)
    #expect(all[0]["scopes"]?.array?.compactMap(\.string) == ["chat", "voip"])
    #expect(all[0]["expiresOn"]?.string == "2026-11-22T02:29:57Z")
    #expect(all[0]["state"]?.string == "valid")
    let text = bench.administer("GET", "/tokens").text
    for part in user.token.reveal().split(separator: ".") { #expect(!text.contains(part)) }
    let requests = IdentityRequests(endpoint: Bench.origin)
    #expect(bench.signed(requests.revokeTokens(of: user.id)).status == 204)
    _ = try bench.renewed(user)
    all = try list("/tokens")
    #expect(all.map { $0["state"]?.string } == ["valid", "revoked"])
    _ = bench.administer("POST", "/clock", ["advanceMilliseconds": 86_400_000])
    #expect(try list("/tokens").map { $0["state"]?.string } == ["expired", "expired"])
  }

  @Test("the last tokens and requests are remembered, and no more of them")
  func bounded() throws {
    let ledger = TokenLedger()
    for number in 1...2500 {
      ledger.add(
        TokenLedger.Entry(
          owner: "\(number)", scopes: [], issuedOn: .epoch, expiresOn: .epoch, generation: 0))
    }
    #expect(ledger.count == 2500)
    #expect(ledger.newest(2).map(\.owner) == ["2500", "2499"])
    #expect(ledger.newest(5000).count == 1000)
    #expect(ledger.newest(5000).last?.owner == "1501")

    let journal = RequestJournal()
    for number in 1...2500 { journal.add(record(target: "/\(number)")) }
    #expect(journal.newest(2, after: 0).map(\.record.path) == ["/2499", "/2500"])
    #expect(journal.newest(5000, after: 0).first?.number == 1501)
    #expect(journal.newest(10, after: 2499).map(\.record.path) == ["/2500"])
    #expect(journal.newest(10, after: 2500).isEmpty)
    #expect(journal.newest(10, after: 9999).isEmpty)
    #expect(journal.counts.byClass == [4: 2500])
  }

  func record(
    target: String, headers: HTTPHeaders = [:], caller: String? = nil
  ) -> RequestRecord {
    RequestRecord(
      HTTPRequest(method: "GET", origin: Bench.origin, target: target, headers: headers),
      HTTPResponse(status: 404, headers: ["X-Confab-Why": "why"], body: [1, 2]), caller: caller,
      time: bench.clock.now, took: .microseconds(1500))
  }

  @Test("a line of the log has everything about a request but its secrets")
  func line() throws {
    let record = record(
      target: "/chat/threads?api-version=2024-03-07&maxPageSize=2&sig=abc&x",
      headers: ["x-ms-client-request-id": "r1", "Authorization": "Bearer secret"], caller: "8:acs:x"
    )
    #expect(
      record.line
        == #"{"time":"2026-11-21T02:29:57.000Z","method":"GET","path":"/chat/threads","#
        + #""query":"api-version=2024-03-07&maxPageSize=2&sig=…&…","apiVersion":"2024-03-07","#
        + #""status":404,"ms":1.5,"bytesReceived":0,"bytesSent":2,"caller":"8:acs:x","#
        + #""requestId":"r1","why":"why"}"#)
  }

  @Test(
    "what may be a secret is not told",
    arguments: [
      ("/socket.io/1/websocket/abc?v=v4&tc=x", "/socket.io/1/websocket/…", "v=v4&tc=…"),
      ("/v4/f/address/chat", "/v4/f/…", ""),
      ("/identities/eyJhbGciOi.eyJ.x/y", "/identities/…/y", ""),
      ("/x?access_token=abc&api-version=eyJhbGciOi", "/x", "access_token=…&api-version=…"),
      ("/x?%24maxpagesize=3", "/x", "%24maxpagesize=3"), ("/x?%24top=3", "/x", "%24top=3"),
      ("/chat/threads?eyJhbGciOi.bbb.ccc", "/chat/threads", "…"),
      ("/x?eyJhbGciOi=1&secret&maxPageSize", "/x", "…=…&…&maxPageSize"),
      (
        "/x?api-version=SECRET&api-version=2024-03-07-preview", "/x",
        "api-version=…&api-version=2024-03-07-preview"
      ),
      (
        "/x?maxPageSize=Secret&startTime=Secret&startTime=2026-11-21T02%3A29%3A57Z", "/x",
        "maxPageSize=…&startTime=…&startTime=2026-11-21T02%3A29%3A57Z"
      ),
      (
        "/x?resource=https%3A%2F%2Fcommunication.azure.com%2F&resource=a.b.c", "/x",
        "resource=https%3A%2F%2Fcommunication.azure.com%2F&resource=…"
      ),
      ("/chat/%65yJhbGciOi.bbb.ccc/x", "/chat/…/x", ""),
      ("/chat/%2565yJhbGciOi/x", "/chat/…/x", ""),
      ("/%76%34/f/address/chat", "/v4/f/…", ""), ("//v4/f/address", "/v4/f/…", ""),
      ("/x/ewogICJhbGciOiJSUzI1NiJ9.ewogICJhYmMiOjF9.c2lnbmF0dXJl", "/x/…", ""),
      ("/x/QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2w%3D", "/x/…", ""),
      ("/chat/threads/19%3Aacsabc@thread.v2", "/chat/threads/19%3Aacsabc@thread.v2", ""),
      (
        "/chat/threads/19:\(String(repeating: "aB-_", count: 11))@thread.v2/x",
        "/chat/threads/19:\(String(repeating: "aB-_", count: 11))@thread.v2/x", ""
      ),
      ("/chat/threads/19:eyJhbGci@thread.v2", "/chat/threads/…", ""),
      (
        "/identities/8:acs:6f6a2d8e-7b3c-4d67-9d5c-0a4b3d2c1f00_0000001a-3c4d-5e6f-7a8b-9c0d1e2f3a4b",
        "/identities/8:acs:6f6a2d8e-7b3c-4d67-9d5c-0a4b3d2c1f00_0000001a-3c4d-5e6f-7a8b-9c0d1e2f3a4b",
        ""
      ),
    ])
  func secrets(target: String, path: String, query: String) {
    let record = record(target: target)
    #expect(record.path == path)
    #expect(record.query == query)
  }

  @Test(
    "a request's name is told when it looks like one",
    arguments: [
      ("6f6a2d8e-7b3c-4d67-9d5c-0a4b3d2c1f00", true), ("r1", true), ("run_7.step-2", true),
      ("eyJhbGciOi", false), ("a.b.c", false), ("a b", false), ("", false), ("Bearer:x", false),
      (String(repeating: "a", count: 65), false),
    ])
  func names(id: String, isTold: Bool) {
    for field in ["x-ms-client-request-id", "Repeatability-Request-ID"] {
      #expect(record(target: "/x", headers: [field: id]).requestID == (isTold ? id : "…"))
    }
  }

  @Test("a method and a reason are told without what looks like a token")
  func words() {
    let request = HTTPRequest(method: "EYJ.eyJ.x", origin: Bench.origin, target: "/x")
    let why =
      "No service of ACS has the path /a/%65yJhbGciOi.b.c; 'eyJh' is none. See https://a.b/c."
    let record = RequestRecord(
      request, HTTPResponse(status: 404, headers: ["X-Confab-Why": why]), caller: nil,
      time: bench.clock.now, took: .zero)
    #expect(record.method == "…")
    #expect(
      record.why == "No service of ACS has the path /a/… … is none. See https://a.b/c.")
  }

  @Test("who asked is told: an identity, a key, or nobody")
  func callers() throws {
    let user = try bench.user()
    func caller(_ request: HTTPRequest) -> String? {
      bench.emulator.respond(to: request, now: bench.clock.now).caller
    }
    var request = bench.chat.threads()
    #expect(caller(request) == nil)
    request.headers["Authorization"] = "Bearer \(user.token.reveal())"
    #expect(caller(request) == user.id.rawID)
    #expect(caller(bench.chat.threads()) == nil, "nobody is taken for the one before")
  }
}
