import ACSTypes
import ACSWire
import FoundationEssentials
import Services
import Synchronization
import TestKit
import Testing

@testable import Emulator

@Suite("Answers and the disk")
struct CommitTests {
  /// An emulator over a file, with somebody in a thread who has a token.
  func withThread(_ body: (Bench, User, ChatThreadID) throws -> Void) throws {
    let folder =
      FileManager.default.temporaryDirectory.path + "/confab-commit-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let bench = try Bench(path: "\(folder)/emulator.sqlite")
    let user = try bench.user()
    try body(bench, user, try bench.thread(user))
  }

  /// A request with a token.
  func proven(_ request: HTTPRequest, by user: User) -> HTTPRequest {
    var request = request
    request.headers["Authorization"] = "Bearer \(user.token.reveal())"
    return request
  }

  func sending(_ text: String, to thread: ChatThreadID, by user: User, _ bench: Bench)
    -> HTTPRequest
  {
    proven(bench.chat.sendMessage(SendChatMessageRequest(content: text), to: thread), by: user)
  }

  @Test(
    "an answer that tells of a write waits for the disk, and so does a read that may have seen it")
  func order() throws {
    try withThread { bench, user, thread in
      let given = Mutex<[Int]>([])
      func ask(_ request: HTTPRequest) throws {
        guard case .later(let owed) = bench.emulator.answer(to: request, now: bench.clock.now)
        else {
          Issue.record("\(request.method) was answered before the disk had what it tells")
          return
        }
        owed.whenGiven { reply in given.withLock { $0.append(reply.response.status) } }
      }
      try ask(sending("one", to: thread, by: user, bench))
      try ask(proven(bench.chat.messages(in: thread), by: user))
      try ask(sending("two", to: thread, by: user, bench))
      #expect(given.withLock { $0 } == [])
      bench.emulator.commit()
      #expect(given.withLock { $0 } == [201, 200, 201])
      let read = bench.emulator.answer(
        to: proven(bench.chat.messages(in: thread), by: user), now: bench.clock.now)
      guard case .now(let reply) = read else {
        Issue.record("a read waited though all was on the disk")
        return
      }
      #expect(reply.response.status == 200)
    }
  }

  @Test("a refusal in a batch leaves nothing behind and takes nothing along")
  func refusal() throws {
    try withThread { bench, user, thread in
      let tooLong = String(repeating: "x", count: 40_000)
      let answers = ["one", tooLong, "two"].map { text in
        bench.emulator.answer(
          to: sending(text, to: thread, by: user, bench), now: bench.clock.now)
      }
      bench.emulator.commit()
      let statuses = answers.map { answer in
        switch answer {
        case .now(let reply): reply.response.status
        case .later(let owed): owed.value?.response.status
        }
      }
      #expect(statuses == [201, 413, 201])
      let page = try PageModel<ChatMessageModel>(
        bytes: bench.send(bench.chat.messages(in: thread), as: user).body)
      #expect(page.value.compactMap(\.content?.message) == ["two", "one"])
    }
  }

  @Test("participants are told of a message when it is on the disk, not before")
  func events() throws {
    try withThread { bench, user, thread in
      let listener = try bench.listener(user)
      let answer = bench.emulator.answer(
        to: sending("one", to: thread, by: user, bench), now: bench.clock.now)
      guard case .later = answer else {
        Issue.record("a message was acknowledged before it was on the disk")
        return
      }
      #expect(try listener.eventIDs() == [])
      bench.emulator.commit()
      #expect(try listener.eventIDs() == [200])
    }
  }

  @Test("the program is told that writes wait, and in memory none does")
  func observer() throws {
    let count = Mutex(0)
    try withThread { bench, user, thread in
      bench.emulator.whenWritesWait { count.withLock { $0 += 1 } }
      try bench.say("one", as: user, in: thread)
      #expect(count.withLock { $0 } == 1)
      bench.send(bench.chat.messages(in: thread), as: user)
      #expect(count.withLock { $0 } == 1)
    }
    let bench = try Bench()
    bench.emulator.whenWritesWait { count.withLock { $0 += 1 } }
    let user = try bench.user()
    try bench.say("one", as: user, in: try bench.thread(user))
    #expect(count.withLock { $0 } == 1)
  }

  @Test("a token that was accepted is refused once it is revoked, over or its owner gone")
  func tokens() throws {
    let bench = try Bench()
    let list = bench.chat.threads()
    let identity = IdentityRequests(endpoint: Bench.origin)
    let revoked = try bench.user()
    #expect(bench.send(list, as: revoked).status == 200)
    bench.signed(identity.revokeTokens(of: revoked.id))
    #expect(bench.send(list, as: revoked).status == 401)
    let deleted = try bench.user()
    #expect(bench.send(list, as: deleted).status == 200)
    bench.signed(identity.delete(deleted.id))
    #expect(bench.send(list, as: deleted).status == 401)
    let expired = try bench.user()
    #expect(bench.send(list, as: expired).status == 200)
    bench.clock.advance(by: .seconds(86_400))
    let answer = bench.send(list, as: expired)
    #expect(answer.status == 401)
    #expect(answer.headers["X-Confab-Why"]?.contains("expired") == true)
  }
}
