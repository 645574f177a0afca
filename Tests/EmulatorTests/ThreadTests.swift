import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

struct ThreadTests {
  static let unknown = ChatThreadID("19:00000000000000000000000000000000@thread.v2")

  let bench: Bench
  let alice, bob: User

  init() throws {
    bench = try Bench()
    alice = try bench.user()
    bob = try bench.user()
  }

  func threads(_ user: User, _ request: HTTPRequest? = nil) throws -> PageModel<ChatThreadItem> {
    try PageModel(bytes: bench.send(request ?? bench.chat.threads(), as: user).body)
  }

  @Test("a thread is created as recorded")
  func create() throws {
    let request = bench.chat.createThread(
      topic: "Boats", participants: [ChatParticipant(identifier: bob.id, displayName: "Bob")],
      requestID: "1")
    let response = bench.send(request, as: alice)
    #expect(response.status == 201)
    let thread = try #require(try CreateChatThreadResult(bytes: response.body).chatThread)
    #expect(
      response.text
        == #"{"chatThread":{"id":"\#(thread.id)","topic":"Boats","createdOn":"2026-11-21T02:29:57Z","#
        + #""createdByCommunicationIdentifier":{"rawId":"\#(alice.id.rawID)","#
        + #""communicationUser":{"id":"\#(alice.id.rawID)"}}}}"#)
    #expect(try /19:[A-Za-z0-9_-]{42}1@thread\.v2/.wholeMatch(in: thread.id) != nil)
    #expect(
      response.headers["Location"]
        == "\(Bench.origin)/chat/threads/19%3A\(thread.id.dropFirst(3))")

    let properties = bench.send(bench.chat.thread(ChatThreadID(thread.id)), as: bob)
    #expect(try ChatThreadProperties(bytes: properties.body) == thread)
    let item = try #require(try threads(bob).value.first)
    #expect(
      item
        == ChatThreadItem(
          id: thread.id, topic: "Boats", lastMessageReceivedOn: WireTime(chat: bench.clock.now)))
  }

  @Test("the same request id gives the same thread, whatever the body; another id does not")
  func repeatability() throws {
    func create(_ topic: String, _ requestID: String) -> HTTPResponse {
      bench.send(
        bench.chat.createThread(topic: topic, participants: [], requestID: requestID), as: alice)
    }
    let first = create("Once", "1")
    let again = create("Once", "1")
    #expect(again.status == 201)
    #expect(again.body == first.body)
    #expect(create("Once", "2").body != first.body)
    #expect(create("Twice", "1").body == first.body)
    #expect(try threads(alice).value.count == 2)
  }

  @Test("the topic is changed, which is told in a system message")
  func updateTopic() throws {
    let id = try bench.thread(alice, bob)
    #expect(bench.send(bench.chat.updateTopic(of: id, to: "Ships"), as: bob).status == 204)
    let properties = bench.send(bench.chat.thread(id), as: alice)
    #expect(try ChatThreadProperties(bytes: properties.body).topic == "Ships")
    let page = try PageModel<ChatMessageModel>(
      bytes: bench.send(bench.chat.messages(in: id), as: alice).body)
    #expect(page.value.map(\.type) == ["topicUpdated", "topicUpdated", "participantAdded"])
    #expect(page.value[0].content?.topic == "Ships")
    #expect(page.value[0].content?.initiator?.identifier == bob.id)
    #expect(page.value[0].sequenceID == "3")
  }

  @Test("a deleted thread stays in the list, and only there")
  func delete() throws {
    let id = try bench.thread(alice, bob)
    #expect(bench.send(bench.chat.deleteThread(id), as: alice).status == 204)
    #expect(bench.send(bench.chat.deleteThread(id), as: bob).status == 204)
    for user in [alice, bob] {
      let item = try #require(try threads(user).value.first)
      #expect(item.deletedOn?.moment == bench.clock.now)
    }
    for request in [
      bench.chat.thread(id), bench.chat.messages(in: id), bench.chat.participants(of: id),
      bench.chat.updateTopic(of: id, to: "x"),
    ] {
      expectChatError(
        bench.send(request, as: alice), 404, "NotFound", "The specified thread id was not found.")
    }
  }

  @Test("threads are listed by their last change, page after page")
  func pages() throws {
    var ids: [String] = []
    for number in 1...5 {
      ids.append(try bench.thread(alice, topic: "\(number)").rawValue)
    }
    try bench.say("up", as: alice, in: ChatThreadID(ids[0]))
    var request = bench.chat.threads(maxPageSize: 2)
    var seen: [[String]] = []
    while true {
      let page = try threads(alice, request)
      seen.append(page.value.map(\.topic))
      guard let link = page.nextLink else { break }
      request = try bench.chat.next(link)
    }
    #expect(seen == [["1", "5"], ["4", "3"], ["2"]])
  }

  @Test("a thread that is made between two pages comes first on the next")
  func newBetweenPages() throws {
    for number in 1...4 { _ = try bench.thread(alice, topic: "\(number)") }
    let first = try threads(alice, bench.chat.threads(maxPageSize: 2))
    #expect(first.value.map(\.topic) == ["4", "3"])
    bench.clock.advance(by: .seconds(5))
    for number in 5...7 { _ = try bench.thread(alice, topic: "\(number)") }
    var request = try bench.chat.next(try #require(first.nextLink))
    var seen: [[String]] = []
    while true {
      let page = try threads(alice, request)
      seen.append(page.value.map(\.topic))
      guard let link = page.nextLink else { break }
      request = try bench.chat.next(link)
    }
    #expect(seen == [["7", "6"], ["5", "2"], ["1"]])
  }

  @Test("a list may begin at a time")
  func startTime() throws {
    _ = try bench.thread(alice, topic: "old")
    bench.clock.advance(by: .seconds(60))
    _ = try bench.thread(alice, topic: "new")
    let page = try threads(alice, bench.chat.threads(startTime: bench.clock.now))
    #expect(page.value.map(\.topic) == ["new"])
  }

  @Test(
    "what is no page size, time or state is refused",
    arguments: [
      "maxPageSize=0", "maxPageSize=x", "maxPageSize=-1", "startTime=yesterday", "syncState=x",
      "syncState=e30",
    ])
  func badQueries(query: String) {
    let response = bench.send(bench.request("GET", "/chat/threads?\(query)"), as: alice)
    #expect(response.status == 400)
    #expect(response.headers["X-Confab-Why"]?.isEmpty == false)
  }

  @Test("unknown, malformed and foreign threads are refused in the words recorded")
  func refusals() throws {
    let id = try bench.thread(alice)
    for request in [
      bench.chat.thread(ThreadTests.unknown), bench.chat.deleteThread(ThreadTests.unknown),
      bench.chat.sendMessage(SendChatMessageRequest(content: "x"), to: ThreadTests.unknown),
    ] {
      expectChatError(
        bench.send(request, as: alice), 404, "NotFound", "The specified thread id was not found.")
    }
    expectChatError(
      bench.send(bench.chat.deleteThread(ChatThreadID("invalid_chat_thread_id")), as: alice), 400,
      "BadRequest", nil)
    for request in [
      bench.chat.thread(id), bench.chat.deleteThread(id), bench.chat.participants(of: id),
      bench.chat.messages(in: id), bench.chat.readReceipts(in: id),
      bench.chat.sendTyping(in: id, senderDisplayName: nil),
    ] {
      expectChatError(
        bench.send(request, as: bob), 403, "Forbidden",
        "The initiator doesn't have the permission to perform the requested operation.")
    }
  }

  @Test("creating names what is missing or wrong, and makes nothing")
  func badBodies() throws {
    func why(_ body: String) -> String {
      var request = bench.request("POST", "/chat/threads")
      request.body = Array(body.utf8)
      let response = bench.send(request, as: alice)
      #expect(response.status == 400)
      return response.headers["X-Confab-Why"] ?? ""
    }
    #expect(why("{}").contains("topic: This is required"))
    #expect(why("{\"topic\":7}").contains("topic: This should be a string"))
    #expect(why("{\"topic\":\n x}").contains("line 2, column 2"))
    #expect(why("").contains("line 1"))
    let wrong = #"{"topic":"x","participants":[{"displayName":"Bob"}]}"#
    #expect(why(wrong).contains("participants[0].communicationIdentifier"))
    #expect(try threads(alice).value.isEmpty)
  }
}
