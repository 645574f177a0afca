import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

@Suite("Pages of threads and messages, also when something changes between them")
struct ChatPagingTests {
  let bench: Bench
  let alice, bob: User

  init() throws {
    bench = try Bench()
    alice = try bench.user()
    bob = try bench.user()
  }

  /// The topics on a page, and the request for the next one.
  func threads(_ request: HTTPRequest) throws -> (topics: [String], next: HTTPRequest?) {
    let page = try bench.page(request, as: alice, of: ChatThreadItem.self)
    return (page.value.map(\.topic), try page.nextLink.map { try bench.chat.next($0) })
  }

  /// The topics on each of the pages from one on.
  func walk(_ request: HTTPRequest?) throws -> [[String]] {
    var pages: [[String]] = []
    var request = request
    while let asked = request {
      let page = try threads(asked)
      pages.append(page.topics)
      request = page.next
      if pages.count > 100 { break }
    }
    return pages
  }

  @Test("a thread that was shown comes once more when it changed, and the others once")
  func changedThread() throws {
    let ids = try (1...5).map { try bench.thread(alice, topic: "\($0)") }
    let first = try threads(bench.chat.threads(maxPageSize: 2))
    #expect(first.topics == ["5", "4"])
    bench.clock.advance(by: .seconds(1))
    try bench.say("up", as: alice, in: ids[3])
    #expect(try walk(first.next) == [["4", "3"], ["2", "1"]])
  }

  @Test("a change in the very millisecond of a page is not lost")
  func sameMillisecond() throws {
    let ids = try (1...3).map { try bench.thread(alice, topic: "\($0)") }
    // The pages are asked for at the moment at which the change is made.
    bench.clock.advance(by: .seconds(1))
    let first = try threads(bench.chat.threads(maxPageSize: 1))
    #expect(first.topics == ["3"])
    try bench.say("up", as: alice, in: ids[2])
    #expect(try walk(first.next) == [["3"], ["2"], ["1"]])
  }

  @Test("a thread that is deleted between two pages is shown with its end")
  func deletedThread() throws {
    let ids = try (1...3).map { try bench.thread(alice, topic: "\($0)") }
    let first = try threads(bench.chat.threads(maxPageSize: 1))
    bench.clock.advance(by: .seconds(1))
    bench.send(bench.chat.deleteThread(ids[0]), as: alice)
    let page = try bench.page(try #require(first.next), as: alice, of: ChatThreadItem.self)
    #expect(page.value.map(\.topic) == ["1"])
    #expect(page.value[0].deletedOn?.moment == bench.clock.now)
    #expect(try walk(page.nextLink.map { try bench.chat.next($0) }) == [["2"]])
  }

  @Test("startTime holds on every page, the thread that changed at that moment included")
  func threadsFrom() throws {
    for number in 1...2 { _ = try bench.thread(alice, topic: "old \(number)") }
    bench.clock.advance(by: .seconds(60))
    let start = bench.clock.now
    for number in 1...3 { _ = try bench.thread(alice, topic: "\(number)") }
    let request = bench.chat.threads(maxPageSize: 2, startTime: start)
    #expect(try walk(request) == [["3", "2"], ["1"]])
    #expect(try walk(bench.chat.threads(startTime: bench.clock.now + .seconds(1))) == [[]])
  }

  @Test("a thread is in the list again when it changed since startTime")
  func changedSince() throws {
    let old = try bench.thread(alice, topic: "old")
    _ = try bench.thread(alice, topic: "older")
    bench.clock.advance(by: .seconds(60))
    let request = bench.chat.threads(startTime: bench.clock.now)
    #expect(try walk(request) == [[]])
    try bench.say("up", as: alice, in: old)
    #expect(try walk(request) == [["old"]])
  }

  @Test(
    "every thread is shown once, whatever the size of the pages", arguments: [1, 2, 3, 7, 100, 200])
  func sizes(size: Int) throws {
    for number in 1...23 { _ = try bench.thread(alice, topic: "\(number)") }
    let pages = try walk(bench.chat.threads(maxPageSize: size))
    #expect(pages.flatMap(\.self) == (1...23).reversed().map(String.init))
    #expect(pages.allSatisfy { !$0.isEmpty && $0.count <= size })
  }

  @Test(
    "messages that come between two pages do not move the next one; edits show, tombstones stay")
  func messages() throws {
    let thread = try bench.thread(alice, bob)
    bench.clock.advance(by: .seconds(1))
    let ids = try (1...5).map { try bench.say("\($0)", as: alice, in: thread) }
    func page(_ request: HTTPRequest) throws -> (texts: [String], next: HTTPRequest?) {
      let page = try bench.page(request, as: bob, of: ChatMessageModel.self)
      return (
        page.value.map { $0.deletedOn == nil ? $0.content?.message ?? $0.type : "deleted" },
        try page.nextLink.map { try bench.chat.next($0) }
      )
    }
    let first = try page(bench.chat.messages(in: thread, maxPageSize: 2))
    #expect(first.texts == ["5", "4"])
    bench.clock.advance(by: .seconds(1))
    try bench.say("6", as: bob, in: thread)
    bench.send(bench.chat.deleteMessage(ids[2], in: thread), as: alice)
    bench.send(bench.chat.updateMessage(ids[1], in: thread, content: "two"), as: alice)
    bench.send(bench.chat.updateMessage(ids[4], in: thread, content: "five"), as: alice)
    let second = try page(try #require(first.next))
    #expect(second.texts == ["deleted", "two"])
    let third = try page(try #require(second.next))
    #expect(third.texts == ["1", "topicUpdated"])
    #expect(try page(bench.chat.messages(in: thread)).texts.prefix(3) == ["6", "five", "4"])
  }

  @Test("startTime of messages looks at their arrival, holds on every page and includes its moment")
  func messagesFrom() throws {
    let thread = try bench.thread(alice, bob)
    let old = try bench.say("old", as: alice, in: thread)
    bench.clock.advance(by: .seconds(60))
    let start = bench.clock.now
    for number in 1...3 {
      try bench.say("\(number)", as: alice, in: thread)
      bench.clock.advance(by: .seconds(1))
    }
    bench.send(bench.chat.updateMessage(old, in: thread, content: "new"), as: alice)
    var request = bench.chat.messages(in: thread, maxPageSize: 2, startTime: start)
    var seen: [[String?]] = []
    while true {
      let page = try bench.page(request, as: bob, of: ChatMessageModel.self)
      seen.append(page.value.map { $0.content?.message })
      guard let link = page.nextLink else { break }
      request = try bench.chat.next(link)
    }
    #expect(seen == [["3", "2"], ["1"]])
  }

  @Test(
    "a time may be written in every way that clients write it",
    arguments: [
      "2026-11-21T02:29:57Z", "2026-11-21T02:29:57.000Z", "2026-11-21T02:29:57.0000000Z",
      "2026-11-21T02:29:57%2B00:00", "2026-11-21T02:29:57+00:00", "2026-11-21T03:29:57%2B01:00",
      "",
    ])
  func times(text: String) throws {
    let thread = try bench.thread(alice)
    for path in ["/chat/threads", "/chat/threads/\(thread.rawValue)/messages"] {
      let response = bench.send(bench.request("GET", "\(path)?startTime=\(text)"), as: alice)
      #expect(response.status == 200)
      #expect(try JSONValue.parse(response.body)["value"]?.array?.isEmpty == false)
    }
  }

  @Test(
    "pages of participants and receipts take sizes from 1 up",
    arguments: [("1", 1), ("2", 2), ("200", 3), ("201", 3), ("9999999999", 3)])
  func skipping(size: String, count: Int) throws {
    let carol = try bench.user()
    let thread = try bench.thread(alice, bob, carol)
    let id = try bench.say("x", as: alice, in: thread)
    for user in [alice, bob, carol] {
      bench.send(bench.chat.sendReadReceipt(for: id, in: thread), as: user)
    }
    for list in ["participants", "readReceipts"] {
      let path = "/chat/threads/\(thread.rawValue)/\(list)"
      let response = bench.send(
        bench.request("GET", "\(path)?maxPageSize=\(size)"), as: alice)
      let body = try JSONValue.parse(response.body)
      #expect(body["value"]?.array?.count == count)
      #expect((body["nextLink"] == nil) == (count == 3))
      for bad in ["maxPageSize=0", "maxPageSize=-1", "maxPageSize=x", "skip=-1", "skip=x"] {
        #expect(bench.send(bench.request("GET", "\(path)?\(bad)"), as: alice).status == 400)
      }
      let behind = bench.send(bench.request("GET", "\(path)?skip=9223372036854775807"), as: alice)
      #expect(behind.text == #"{"value":[]}"#)
    }
  }
}
