import ACSTypes
import ACSWire
import Emulator
import FoundationEssentials
import ServiceAuth
import Synchronization
import Testing

@testable import TrustedService

@Suite("Tokens for names")
struct TokenTests {
  @Test("GET and POST give the shape of Microsoft's web samples, which nobody may keep")
  func shapes() async throws {
    let town = try Town()
    for response in [
      await town.ask("GET", "/token?user=alice"),
      await town.ask("POST", "/token", body: #"{"user":"alice","scope":"chat,voip"}"#),
      await town.ask("POST", "/token?user=alice", body: ""),
    ] {
      #expect(response.status == 200)
      #expect(response.headers["Cache-Control"] == "no-store")
      let json = try JSONValue.parse(response.body)
      #expect(json.object?.members.map(\.name) == ["token", "expiresOn", "user"])
      let token = try #require(json["token"]?.string)
      let claims = try TokenClaims(jwt: Secret(token))
      #expect(claims.scopes == [.chat, .voip])
      #expect(claims.identity?.rawID == json["user"]?["communicationUserId"]?.string)
    }
  }

  @Test("a name keeps its identity, in whatever case it is written, and after a restart")
  func sameIdentity() async throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "users-\(UInt64.random(in: 0...UInt64.max)).sqlite").path()
    defer {
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
    }
    let emulator: Emulator
    let first: CommunicationIdentifier
    do {
      let before = try Town(users: SQLiteUserStore(path: path))
      first = try await before.token("alice").identity
      #expect(try await before.token("ALICE").identity == first)
      #expect(try await before.token("bob").identity != first)
      emulator = before.emulator
    }
    let after = try Town(users: SQLiteUserStore(path: path), emulator: emulator)
    #expect(try await after.token("alice").identity == first)
  }

  @Test("an identity that the service no longer has is replaced, once")
  func replacedIdentity() async throws {
    let users = try SQLiteUserStore(path: nil)
    let first = try await Town(users: users).token("alice").identity
    let elsewhere = try Town(users: users)
    let second = try await elsewhere.token("alice").identity
    #expect(second != first)
    #expect(try await elsewhere.token("alice").identity == second)
  }

  @Test("twenty first requests for one name make one identity")
  func concurrentFirstRequests() async throws {
    let town = try Town()
    let identities = try await withThrowingTaskGroup(of: CommunicationIdentifier.self) { group in
      for _ in 0..<20 { group.addTask { try await town.token("alice").identity } }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(identities.count == 1)
  }

  @Test("refreshToken gives its identity a new token, and nobody else's one")
  func refresh() async throws {
    let town = try Town()
    let alice = try await town.token("alice")
    let path = "/refreshToken/\(alice.identity.rawID.percentEncoded)"
    #expect(try Grant(await town.ask("POST", path)).identity == alice.identity)
    let foreign = await town.ask("POST", "/refreshToken/8%3Aacs%3Aelse_where")
    #expect(foreign.status == 404)
    #expect(
      foreign.text
        == #"{"error":{"code":"UserNotFound","message":"This service did not make that identity; ask /token for one."}}"#
    )
  }

  @Test(
    "what cannot be asked for is refused in words",
    arguments: [
      (
        "GET", "/token?user=%20", "",
        400, "user is empty; leave it out, or give a name of 1 to 128 characters."
      ),
      (
        "GET", "/token?user=a%1Bb", "",
        400, "user holds control characters; give a name without them."
      ),
      (
        "GET", "/token?user=a&scope=fly", "",
        400,
        "scope names something that is not known; known are chat, chat.join, chat.join.limited, voip, voip.join."
      ),
      (
        "POST", "/token", "{",
        400, #"The body is not a JSON object; send {"user":"alice","scope":"chat,voip"}."#
      ),
      (
        "POST", "/token", #"{"user":5}"#,
        400, "user should be a string and is a number."
      ),
      (
        "GET", "/token?user=%GG", "", 400,
        "The query cannot be read; write other bytes than letters as %XX."
      ),
      ("PUT", "/token", "", 405, "/token takes GET or POST or DELETE."),
    ] as [(String, String, String, Int, String)])
  func badRequests(
    method: String, target: String, body: String, status: Int, message: String
  ) async throws {
    let town = try Town()
    let response = await town.ask(method, target, body: body)
    #expect(response.status == status)
    #expect(try JSONValue.parse(response.body)["error"]?["message"]?.string == message)
  }

  @Test("only loopback names and pages are served")
  func hosts() async throws {
    let town = try Town()
    let foreign = await town.ask("GET", "/token?user=a", origin: "http://evil.example:7760")
    #expect(foreign.status == 421)
    let page = await town.ask(
      "GET", "/token?user=a", headers: ["Origin": "https://evil.example"])
    #expect(page.status == 403)
    #expect(await town.ask("GET", "/token?user=a", origin: "http://localhost:7760").status == 200)
  }

  @Test("ACS away or throttling is 502 or 503 with a time to wait, and no secret is told")
  func trouble() async throws {
    let town = try Town()
    town.wire.isDown.withLock { $0 = true }
    let down = await town.ask("GET", "/token?user=alice")
    #expect(down.status == 502)
    #expect(down.headers["Retry-After"] == "5")
    town.wire.isDown.withLock { $0 = false }
    town.wire.trouble.withLock { $0 = HTTPResponse(status: 429, headers: ["Retry-After": "7"]) }
    let slow = await town.ask("GET", "/token?user=alice")
    #expect(slow.status == 503)
    #expect(slow.headers["Retry-After"] == "7")
    for response in [down, slow] {
      #expect(!response.text.contains(Town.key.base64.reveal()))
    }
  }

  @Test("a wrong access key is named as the trouble")
  func wrongKey() async throws {
    let town = try Town(key: .init(random: TestRandom()))
    let response = await town.ask("GET", "/token?user=alice")
    #expect(response.status == 502)
    #expect(try JSONValue.parse(response.body)["error"]?["code"]?.string == "CredentialRefused")
  }

  @Test("people are found by any part of their name, in order, and signs mean nothing")
  func directory() async throws {
    let town = try Town()
    for name in ["carol", "alice", "bob", "100%25"] { _ = try await town.token(name) }
    func names(_ query: String) async throws -> [String] {
      let response = await town.ask("GET", "/users?q=\(query)")
      let users = try JSONValue.parse(response.body)["users"]?.array ?? []
      return users.compactMap { $0["displayName"]?.string }
    }
    #expect(try await names("") == ["100%", "Alice", "Bob", "Carol"])
    #expect(try await names("AL") == ["Alice"])
    #expect(try await names("%25") == ["100%"])
    #expect(try await names("_") == [])
  }

  @Test("people are found by their ids, those who are known, each once, and no more than fifty")
  func directoryByID() async throws {
    let town = try Town()
    for name in ["carol", "alice"] { _ = try await town.token(name) }
    func users(_ query: String) async throws -> [(id: String, name: String)] {
      let response = await town.ask("GET", "/users?\(query)")
      let users = try JSONValue.parse(response.body)["users"]?.array ?? []
      return users.map { ($0["id"]?.string ?? "", $0["displayName"]?.string ?? "") }
    }
    let all = try await users("q=")
    let (alice, carol) = (all[0].id, all[1].id)
    let found = try await users("ids=\(carol),8:acs:nobody,\(alice),\(carol)&q=\(carol)")
    #expect(found.map(\.name) == ["Carol", "Alice"])
    #expect(found.map(\.id) == [carol, alice])
    #expect(try await users("ids=").isEmpty)
    let many = Array(repeating: alice, count: 51).joined(separator: ",")
    #expect(await town.ask("GET", "/users?ids=\(many)").status == 400)
  }
}
