import ACSTypes
import ACSWire
import FoundationEssentials
import TestKit
import Testing

@testable import Emulator

struct SnapshotTests {
  func withBench(_ body: (Bench, String) throws -> Void) throws {
    try StoreTests().withFolder { folder in
      let bench = try Bench(path: "\(folder)/emulator.sqlite") {
        $0.snapshotFolder = "\(folder)/snapshots"
      }
      try body(bench, folder)
    }
  }

  func texts(_ bench: Bench, _ user: User, _ thread: ChatThreadID) throws -> [String] {
    let page = try PageModel<ChatMessageModel>(
      bytes: bench.send(bench.chat.messages(in: thread), as: user).body)
    return page.value.filter { $0.type == "text" }.compactMap { $0.content?.message }
  }

  @Test("what is saved comes back, and what came after it is gone")
  func saveAndLoad() throws {
    try withBench { bench, _ in
      let user = try bench.user()
      let thread = try bench.thread(user)
      try bench.say("before", as: user, in: thread)
      #expect(bench.administer("PUT", "/snapshots/one").status == 201)
      try bench.say("after", as: user, in: thread)
      let late = try bench.user()
      #expect(bench.administer("POST", "/snapshots/one/load").status == 204)
      #expect(try texts(bench, user, thread) == ["before"])
      #expect(bench.send(bench.chat.threads(), as: late).status == 401)
      // Life goes on.
      try bench.say("again", as: user, in: thread)
      #expect(try texts(bench, user, thread) == ["again", "before"])
    }
  }

  @Test("what was loaded is there after a restart")
  func restart() throws {
    try StoreTests().withFolder { folder in
      func bench(_ seed: UInt64) throws -> Bench {
        try Bench(path: "\(folder)/emulator.sqlite", seed: seed) {
          $0.snapshotFolder = "\(folder)/snapshots"
        }
      }
      var user: User?
      var thread: ChatThreadID?
      do {
        let bench = try bench(1)
        let one = try bench.user()
        user = one
        thread = try bench.thread(one)
        try bench.say("before", as: one, in: try #require(thread))
        #expect(bench.administer("PUT", "/snapshots/one").status == 201)
        try bench.say("after", as: one, in: try #require(thread))
        #expect(bench.administer("POST", "/snapshots/one/load").status == 204)
      }
      let bench = try bench(2)
      #expect(try texts(bench, try #require(user), try #require(thread)) == ["before"])
    }
  }

  @Test("a snapshot of another emulator brings its resource along, and its tokens are good")
  func otherResource() throws {
    try StoreTests().withFolder { folder in
      func bench(_ seed: UInt64) throws -> Bench {
        try Bench(seed: seed) { $0.snapshotFolder = "\(folder)/snapshots" }
      }
      let first = try bench(1)
      let user = try first.user()
      #expect(first.administer("PUT", "/snapshots/one").status == 201)
      let second = try bench(2)
      #expect(second.emulator.resourceID != first.emulator.resourceID)
      #expect(second.administer("POST", "/snapshots/one/load").status == 204)
      #expect(second.emulator.resourceID == first.emulator.resourceID)
      #expect(second.send(second.chat.threads(), as: user).status == 200)
    }
  }

  @Test("snapshots are listed, replaced and deleted, and only their owner can read them")
  func list() throws {
    try withBench { bench, folder in
      func names() throws -> [String] {
        try JSONValue.parse(bench.administer("GET", "/snapshots").body)["value"]?.array?.compactMap
        {
          $0["name"]?.string
        } ?? []
      }
      #expect(try names() == [])
      for name in ["b", "a.1", "b"] {
        #expect(bench.administer("PUT", "/snapshots/\(name)").status == 201)
      }
      #expect(try names() == ["a.1", "b"])
      let file = try FileManager.default.attributesOfItem(
        atPath: "\(folder)/snapshots/b.sqlite")
      #expect(file[.posixPermissions] as? Int == 0o600)
      #expect(bench.administer("DELETE", "/snapshots/b").status == 204)
      #expect(try names() == ["a.1"])
      let missing = bench.administer("POST", "/snapshots/b/load")
      #expect(missing.status == 404)
      #expect(missing.headers["X-Confab-Why"]?.contains("a.1") == true)
    }
  }

  @Test(
    "a name that is no plain file name is refused",
    arguments: [".hidden", "a%2Fb", "..%2Fx", "%C3%A9", "a%20b", String(repeating: "x", count: 65)])
  func names(name: String) throws {
    try withBench { bench, _ in
      #expect(bench.administer("PUT", "/snapshots/\(name)").status == 400)
    }
  }

  @Test("a damaged or newer snapshot is refused; it and the state stay as they are")
  func damaged() throws {
    try withBench { bench, folder in
      let user = try bench.user()
      #expect(bench.administer("PUT", "/snapshots/good").status == 201)
      let path = "\(folder)/snapshots/good.sqlite"
      let good = try Data(contentsOf: URL(filePath: path))
      var newer = good
      newer[63] = 99  // The last byte of the file's version.
      for bytes in [Data("no database".utf8), newer, Data(good.prefix(5000))] {
        let file = URL(filePath: "\(folder)/snapshots/bad.sqlite")
        try bytes.write(to: file)
        let refusal = bench.administer("POST", "/snapshots/bad/load")
        #expect(refusal.status == 409, "\(refusal.text)")
        #expect(refusal.headers["X-Confab-Why"]?.contains("bad.sqlite") == true)
        #expect(try Data(contentsOf: file) == bytes)
        #expect(bench.send(bench.chat.threads(), as: user).status == 200)
      }
    }
  }

  @Test("after a reset nothing is left but the resource and its keys")
  func reset() throws {
    try withBench { bench, _ in
      let resource = bench.emulator.resourceID
      let user = try bench.user()
      let thread = try bench.thread(user)
      let client = try bench.listener(user)
      try bench.subscribe("http://127.0.0.1:9/")
      _ = bench.administer("POST", "/subscriptions", ["url": "http://127.0.0.1:8/"])
      _ = bench.administer("POST", "/clock", ["advanceMilliseconds": 5000])
      #expect(bench.administer("POST", "/reset").status == 204)
      #expect(bench.emulator.resourceID == resource)
      #expect(bench.emulator.time(at: bench.clock.now) == bench.clock.now)
      #expect(bench.send(bench.chat.messages(in: thread), as: user).status == 401)
      #expect(client.inbox.isClosed)
      // That of the command line is no part of the state.
      #expect(bench.emulator.subscriptions.map(\.url) == ["http://127.0.0.1:9/"])
      let stats = try JSONValue.parse(bench.administer("GET", "/stats").body)
      for name in ["users", "threads", "messages", "sockets", "registrations"] {
        #expect(stats[name]?.integer == 0, "\(name)")
      }
      let again = try bench.user()
      #expect(bench.send(bench.chat.threads(), as: again).status == 200)
    }
  }

  @Test("a key that was made anew stays after a reset, and its predecessor stays refused")
  func resetKeys() throws {
    try withBench { bench, _ in
      let given = bench.emulator.accessKeys
      for name in ["primary", "secondary"] {
        #expect(bench.administer("POST", "/keys/\(name)").status == 201)
      }
      let keys = bench.emulator.accessKeys
      #expect(keys.count == 2 && keys != given)
      #expect(bench.administer("POST", "/reset").status == 204)
      #expect(bench.emulator.accessKeys == keys)
    }
  }

  @Test("an emulator without a folder says so")
  func noFolder() throws {
    let refusal = try Bench().administer("PUT", "/snapshots/one")
    #expect(refusal.status == 409)
    #expect(refusal.headers["X-Confab-Why"]?.contains("--data") == true)
  }
}
