import SQLiteDatabase
import Services
import ACSTypes
import ACSWire
import FoundationEssentials
import ServiceAuth
import TestKit
import Testing

@testable import Emulator

struct StoreTests {
  /// Gives a folder of the test's own, removed after it.
  func withFolder(_ body: (String) throws -> Void) throws {
    let folder =
      FileManager.default.temporaryDirectory.path + "/confab-store-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  func contents(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

  @Test("everything but calls is there after a restart")
  func restart() throws {
    try withFolder { folder in
      let path = "\(folder)/emulator.sqlite"
      var resource = ""
      var alice: User?
      var thread: ChatThreadID?
      do {
        let bench = try Bench(path: path)
        resource = bench.emulator.resourceID
        let user = try bench.user()
        alice = user
        thread = try bench.thread(user)
        try bench.say("kept", as: user, in: try #require(thread))
        _ = bench.emulator.administer(
          HTTPRequest(
            method: "POST", origin: "http://localhost", target: "/subscriptions",
            body: Array(#"{"url":"http://127.0.0.1:9/"}"#.utf8)), now: bench.clock.now)
      }
      let bench = try Bench(path: path, seed: 2)
      #expect(bench.emulator.resourceID == resource)
      #expect(bench.emulator.subscriptions.map(\.url) == ["http://127.0.0.1:9/"])
      let page = try PageModel<ChatMessageModel>(
        bytes: bench.send(
          bench.chat.messages(in: try #require(thread)), as: try #require(alice)
        ).body)
      #expect(page.value.first?.content?.message == "kept")
    }
  }

  @Test("what was acknowledged is in the files when the process is killed")
  func killed() throws {
    try withFolder { folder in
      let bench = try Bench(path: "\(folder)/emulator.sqlite")
      let user = try bench.user()
      let thread = try bench.thread(user)
      let ids = try (1...20).map { try bench.say("\($0)", as: user, in: thread) }
      // The files as a killed process leaves them: nothing was closed.
      try FileManager.default.createDirectory(
        atPath: "\(folder)/after", withIntermediateDirectories: true)
      for name in ["emulator.sqlite", "emulator.sqlite-wal"] {
        try contents("\(folder)/\(name)").write(to: URL(filePath: "\(folder)/after/\(name)"))
      }
      let after = try Bench(path: "\(folder)/after/emulator.sqlite", seed: 2)
      let page = try PageModel<ChatMessageModel>(
        bytes: after.send(after.chat.messages(in: thread), as: user).body)
      let kept = page.value.filter { $0.type == "text" }.map(\.id)
      #expect(kept == ids.reversed().map(\.rawValue))
    }
  }

  @Test("a clean end leaves nothing in the log, while the store is still open")
  func settled() throws {
    try withFolder { folder in
      let bench = try Bench(path: "\(folder)/emulator.sqlite")
      let user = try bench.user()
      #expect(try !contents("\(folder)/emulator.sqlite-wal").isEmpty)
      bench.emulator.settle()
      #expect(try contents("\(folder)/emulator.sqlite-wal").isEmpty)
      try contents("\(folder)/emulator.sqlite").write(to: URL(filePath: "\(folder)/after.sqlite"))
      let after = try Bench(path: "\(folder)/after.sqlite", seed: 2)
      #expect(after.send(after.chat.threads(), as: user).status == 200)
    }
  }

  @Test("a refused request leaves nothing behind")
  func rollback() throws {
    let bench = try Bench()
    let user = try bench.user()
    let request = bench.chat.createThread(
      topic: "x",
      participants: [
        ChatParticipant(identifier: CommunicationIdentifier(rawID: "8:acs:bad"))
      ], requestID: "1")
    #expect(bench.send(request, as: user).status == 400)
    let page = try PageModel<ChatThreadItem>(bytes: bench.send(bench.chat.threads(), as: user).body)
    #expect(page.value.isEmpty)
    // And the next request finds no transaction open.
    _ = try bench.thread(user)
  }

  @Test("a file of something else is refused and left as it is")
  func strangers() throws {
    try withFolder { folder in
      let blank = SQLiteSchema(name: "x", program: "x", steps: [])
      let text = "\(folder)/notes.txt"
      try Data(String(repeating: "not a database ", count: 100).utf8).write(
        to: URL(filePath: text))
      let database = "\(folder)/other.sqlite"
      try SQLiteConnection(path: database, schema: blank).run("CREATE TABLE strangers (a)")
      let newer = "\(folder)/newer.sqlite"
      try SQLiteConnection(path: newer, schema: blank).run("PRAGMA user_version = 99")
      let rows: [(String, StoreError.Code)] = [
        (text, .damaged), (database, .damaged), (newer, .newer),
      ]
      for (path, code) in rows {
        let before = try contents(path)
        let error = #expect(throws: StoreError.self) { try Store(path: path) }
        #expect(error?.code == code)
        #expect(error?.message.contains(path) == true)
        #expect(try contents(path) == before)
        #expect(!FileManager.default.fileExists(atPath: "\(path)-wal"))
      }
    }
  }

  @Test(
    "a file of an older version is renewed: somebody's threads come in the order of their changes")
  func renewed() throws {
    try withFolder { folder in
      let path = "\(folder)/emulator.sqlite"
      var schema = Store.schema
      let place = try #require(
        schema.steps.firstIndex { step in
          step.contains { "\($0)".contains("participants_by_change") }
        })
      schema.steps = Array(schema.steps[..<place])
      do {
        let old = try SQLiteConnection(path: path, schema: schema)
        for (thread, change) in [
          ("19:a@thread.v2", 2), ("19:b@thread.v2", 3), ("19:c@thread.v2", 1),
        ] {
          try old.run(
            """
            INSERT INTO threads (id, topic, created_on, created_by, changed_on, last_sequence, last_id)
            VALUES (?, '', 0, '8:acs:1', ?, 0, 0)
            """, thread, change)
          try old.run(
            """
            INSERT INTO participants (thread, identity, place, share_history_time)
            VALUES (?, '8:acs:1', 1, 0)
            """, thread)
        }
      }
      let threads = try Store(path: path).threads(
        of: "8:acs:1", notIn: [], from: .epoch, limit: 2)
      #expect(threads.map(\.id) == ["19:b@thread.v2", "19:a@thread.v2"])
    }
  }

  @Test("a damaged file is refused and left as it is")
  func damaged() throws {
    try withFolder { folder in
      let path = "\(folder)/emulator.sqlite"
      do { _ = try Bench(path: path).user() }
      var bytes = try contents(path)
      bytes.replaceSubrange(0..<16, with: Data(repeating: 0x58, count: 16))
      try bytes.write(to: URL(filePath: path))
      let error = #expect(throws: StoreError.self) { try Store(path: path) }
      #expect(error?.code == .damaged)
      #expect(try contents(path) == bytes)
    }
  }

  @Test("two emulators do not share a store")
  func locked() throws {
    try withFolder { folder in
      let path = "\(folder)/emulator.sqlite"
      let first = try Store(path: path)
      let error = #expect(throws: StoreError.self) { try Store(path: path) }
      #expect(error?.code == .locked)
      _ = first
    }
  }
}
