import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

struct BudgetTests {
  let bench: Bench
  let alice, bob: User
  let thread: ChatThreadID

  init() throws {
    bench = try Bench { $0.keepsRequestBudgets = true }
    alice = try bench.user()
    bob = try bench.user()
    thread = try bench.thread(alice, bob)
  }

  @Test("an eleventh message of a thread within ten seconds is 429, whoever sends it")
  func messages() throws {
    let request = bench.chat.sendMessage(SendChatMessageRequest(content: "x"), to: thread)
    for number in 0..<10 {
      #expect(bench.send(request, as: number.isMultiple(of: 2) ? alice : bob).status == 201)
      bench.clock.advance(by: .milliseconds(500))
    }
    let response = bench.send(request, as: bob)
    expectChatError(
      response, 429, "TooManyRequests", "Rate limit is exceeded. Try again later.")
    #expect(response.headers["X-Confab-Why"]?.contains("--limits real") == true)
    // The second of the ten left room after 10 s, counted from 0.5 s on, and 5 are over; the refused one counts.
    #expect(response.headers["Retry-After"] == "6")
    bench.clock.advance(by: .seconds(5))
    #expect(bench.send(request, as: alice).status == 429)
    bench.clock.advance(by: .seconds(6))
    #expect(bench.send(request, as: alice).status == 201)
    // Another thread has a budget of its own.
    let other = try bench.thread(alice, bob, topic: "Other")
    try bench.say("y", as: alice, in: other)
  }

  @Test("a stranger does not use up what a thread may be asked")
  func stranger() throws {
    let carol = try bench.user()
    let request = bench.chat.sendMessage(SendChatMessageRequest(content: "x"), to: thread)
    for _ in 0..<10 { #expect(bench.send(request, as: carol).status == 403) }
    #expect(bench.send(request, as: alice).status == 201)
  }

  @Test("who waits as long as told is served")
  func waiting() throws {
    let request = bench.chat.sendMessage(SendChatMessageRequest(content: "x"), to: thread)
    var sent = 0
    var asked = 0
    while sent < 100 {
      asked += 1
      let response = bench.send(request, as: alice)
      if response.status == 201 {
        sent += 1
        continue
      }
      let seconds = try #require(response.headers["Retry-After"].flatMap(Int.init))
      #expect((1...60).contains(seconds))
      bench.clock.advance(by: .seconds(seconds))
    }
    #expect(asked < 120)
  }

  @Test(
    "each operation has the budget of the service's table",
    arguments: [
      ("createThread", 10), ("deleteThread", 10), ("updateThread", 5), ("readThreads", 50),
      ("changeParticipants", 10), ("listParticipants", 10), ("readMessage", 50),
      ("listMessages", 50), ("changeMessages", 10), ("listReceipts", 5), ("sendReceipt", 10),
      ("sendTyping", 5),
    ])
  func table(name: String, count: Int) throws {
    let message = try bench.say("x", as: alice, in: thread)
    bench.clock.advance(by: .seconds(60))
    let request: HTTPRequest =
      switch name {
      case "createThread": bench.chat.createThread(topic: "x", participants: [], requestID: "1")
      case "deleteThread": bench.chat.deleteThread(ChatThreadID("19:x@thread.v2"))
      case "updateThread": bench.chat.updateTopic(of: thread, to: "x")
      case "readThreads": bench.chat.threads()
      case "changeParticipants": bench.chat.addParticipants([], to: thread)
      case "listParticipants": bench.chat.participants(of: thread)
      case "readMessage":
        bench.request("GET", "/chat/threads/\(thread.rawValue)/messages/\(message.rawValue)")
      case "listMessages": bench.chat.messages(in: thread)
      case "changeMessages":
        bench.request("DELETE", "/chat/threads/\(thread.rawValue)/messages/\(message.rawValue)")
      case "listReceipts": bench.chat.readReceipts(in: thread)
      case "sendReceipt":
        bench.request(
          "POST", "/chat/threads/\(thread.rawValue)/readReceipts",
          ["chatMessageId": .string(message.rawValue)])
      default: bench.chat.sendTyping(in: thread, senderDisplayName: nil)
      }
    for _ in 0..<count { #expect(bench.send(request, as: alice).status != 429) }
    #expect(bench.send(request, as: alice).status == 429)
    // Within ten seconds only.
    bench.clock.advance(by: .seconds(11))
    #expect(bench.send(request, as: alice).status != 429)
  }

  @Test("the budget of a minute holds for who keeps the one of ten seconds")
  func minute() throws {
    let request = bench.chat.sendTyping(in: thread, senderDisplayName: nil)
    var served = 0
    for _ in 0..<20 {
      if bench.send(request, as: alice).status == 200 { served += 1 }
      bench.clock.advance(by: .milliseconds(2500))
    }
    #expect(served == 15)
    #expect(bench.send(request, as: bob).status == 200)
  }

  /// Users who each ask so often in every ten seconds, all in one thread, and how many requests are served in how long.
  struct Load: Sendable, CustomTestStringConvertible {
    let budget: RequestBudget
    let users: Int
    let each: Int
    let seconds: Int
    let served: Int
    var testDescription: String { "\(budget), \(users) users, \(each) in 10 s, for \(seconds) s" }
  }

  @Test(
    "budgets of a user, of a thread and of a user in a thread hold together",
    arguments: [
      Load(budget: .createThread, users: 3, each: 11, seconds: 10, served: 30),
      Load(budget: .deleteThread, users: 3, each: 11, seconds: 10, served: 30),
      Load(budget: .updateThread, users: 3, each: 2, seconds: 10, served: 5),
      Load(budget: .readThreads, users: 2, each: 51, seconds: 10, served: 100),
      Load(budget: .changeParticipants, users: 3, each: 4, seconds: 10, served: 10),
      Load(budget: .changeParticipants, users: 3, each: 3, seconds: 60, served: 30),
      Load(budget: .listParticipants, users: 2, each: 11, seconds: 10, served: 20),
      Load(budget: .listParticipants, users: 28, each: 9, seconds: 10, served: 250),
      Load(budget: .readMessage, users: 2, each: 51, seconds: 10, served: 100),
      Load(budget: .readMessage, users: 6, each: 45, seconds: 10, served: 250),
      Load(budget: .listMessages, users: 2, each: 51, seconds: 10, served: 100),
      Load(budget: .listMessages, users: 1, each: 40, seconds: 60, served: 200),
      Load(budget: .listMessages, users: 6, each: 45, seconds: 10, served: 250),
      Load(budget: .listMessages, users: 10, each: 8, seconds: 60, served: 400),
      Load(budget: .changeMessages, users: 3, each: 4, seconds: 10, served: 10),
      Load(budget: .changeMessages, users: 3, each: 3, seconds: 60, served: 30),
      Load(budget: .listReceipts, users: 2, each: 6, seconds: 10, served: 10),
      Load(budget: .listReceipts, users: 25, each: 5, seconds: 10, served: 100),
      Load(budget: .sendReceipt, users: 2, each: 11, seconds: 10, served: 20),
      Load(budget: .sendReceipt, users: 2, each: 9, seconds: 60, served: 60),
      Load(budget: .sendTyping, users: 1, each: 6, seconds: 10, served: 5),
      Load(budget: .sendTyping, users: 1, each: 4, seconds: 60, served: 15),
      Load(budget: .sendTyping, users: 3, each: 4, seconds: 10, served: 10),
      Load(budget: .sendTyping, users: 3, each: 2, seconds: 60, served: 30),
    ])
  func together(load: Load) {
    var table = BudgetTable()
    var served = 0
    let rounds = load.each * load.seconds / 10
    for round in 0..<rounds {
      for user in 0..<load.users {
        let now = bench.clock.now + .milliseconds(round * 10_000 / load.each)
        if table.take(load.budget, by: "\(user)", in: "thread", now: now) == nil { served += 1 }
      }
    }
    #expect(served == load.served)
  }

  @Test("without --limits real nothing is counted, and windows of long ago are dropped")
  func off() throws {
    let bench = try Bench()
    let user = try bench.user()
    for _ in 0..<60 { #expect(bench.send(bench.chat.threads(), as: user).status == 200) }

    var table = BudgetTable()
    for number in 0...BudgetTable.capacity {
      let now = bench.clock.now + .milliseconds(20 * number)
      _ = table.take(.readThreads, by: "\(number)", in: nil, now: now)
    }
    #expect(table.count < 4000)
  }
}
