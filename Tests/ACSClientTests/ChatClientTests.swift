import ACSClient
import ACSTypes
import ACSWire
import TestKit
import Testing

@Suite("ChatClient")
struct ChatClientTests {
  private let thread = ChatThreadID("19:abc@thread.v2")
  private let path = "/19%3Aabc%40thread.v2"
  private let bob = CommunicationIdentifier(rawID: "8:acs:bob")

  @Test("pages of threads are followed verbatim")
  func threads() async throws {
    let link = "\(SignedIn.endpoint)/chat/threads?syncState=a%2Bb&api-version=2024-03-07"
    let user = try SignedIn([
      .chat(
        "GET", "",
        body: #"{"value":[{"id":"19:abc@thread.v2","topic":"T"}],"nextLink":"\#(link)"}"#),
      .answer("GET", link, body: #"{"value":[]}"#),
    ])
    let first = try await user.chat.threads(next: nil)
    #expect(first == Page(values: [ChatThread(id: thread, topic: "T")], nextLink: link))
    #expect(try await user.chat.threads(next: first.nextLink) == Page(values: []))
    user.expectPlayed()
  }

  @Test(
    "a link to another server is refused, so that the token does not go there",
    arguments: [
      "https://evil.example.com/chat/threads", "http://contoso.example.com/chat/threads",
      "https://contoso.example.com:8443/chat/threads",
      "https://contoso.example.com.evil.example.com/chat/threads",
      "https://contoso.example.com@evil.example.com/chat/threads", "/chat/threads", "",
    ])
  func foreignLink(link: String) async throws {
    let user = try SignedIn(tokens: [], [])
    let message = """
      the answer cannot be understood. nextLink: The link to the next page leads to another server than \
      https://contoso.example.com.
      """
    let threads = await #expect(throws: ServiceError.self) {
      try await user.chat.threads(next: link)
    }
    #expect(threads == ServiceError(.badAnswer, "Failed listing the threads: \(message)"))
    let messages = await #expect(throws: ServiceError.self) {
      try await user.chat.messages(in: thread, startTime: nil, next: link)
    }
    #expect(messages == ServiceError(.badAnswer, "Failed reading the messages: \(message)"))
    user.expectPlayed()
  }

  @Test("the endpoint's own server in another spelling is not another server")
  func sameServer() async throws {
    let user = try SignedIn([
      .answer("GET", "\(SignedIn.endpoint)/chat/threads?a=1%202", body: #"{"value":[]}"#)
    ])
    _ = try await user.chat.threads(next: "HTTPS://Contoso.example.com:443/chat/threads?a=1 2")
    user.expectPlayed()
  }

  @Test("a link to another server among the participants is refused after the first page")
  func foreignParticipants() async throws {
    let user = try SignedIn([
      .chat(
        "GET", "\(path)/participants",
        body: #"{"value":[],"nextLink":"https://evil.example.com/x"}"#)
    ])
    let error = await #expect(throws: ServiceError.self) {
      try await user.chat.participants(of: thread)
    }
    #expect(error?.code == .badAnswer)
    user.expectPlayed()
  }

  @Test("participants come from all pages")
  func participants() async throws {
    let link = "\(SignedIn.endpoint)/next"
    func entry(_ id: String) -> String {
      #"{"communicationIdentifier":{"rawId":"\#(id)"},"displayName":"N"}"#
    }
    let user = try SignedIn([
      .chat(
        "GET", "\(path)/participants",
        body: #"{"value":[\#(entry("8:acs:a"))],"nextLink":"\#(link)"}"#),
      .answer("GET", link, body: #"{"value":[\#(entry("8:acs:b"))]}"#),
    ])
    let people = try await user.chat.participants(of: thread)
    #expect(people.map(\.identifier.rawID) == ["8:acs:a", "8:acs:b"])
    user.expectPlayed()
  }

  @Test("links in a circle end after 20 pages")
  func circle() async throws {
    let link = "\(SignedIn.endpoint)/next"
    let body = #"{"value":[],"nextLink":"\#(link)"}"#
    let rest = Array(repeating: ScriptedExchange.Line.answer("GET", link, body: body), count: 19)
    let user = try SignedIn([.chat("GET", "\(path)/participants", body: body)] + rest)
    let error = await #expect(throws: ServiceError.self) {
      try await user.chat.participants(of: thread)
    }
    #expect(
      error
        == ServiceError(
          .badAnswer, "Failed reading the participants: the list does not end after 20 pages."))
    user.expectPlayed()
  }

  @Test("messages are read newest first, 100 a page, from a time on")
  func messages() async throws {
    let user = try SignedIn([
      .chat(
        "GET", "\(path)/messages?maxPageSize=100&startTime=2026-11-21T02%3A29%3A57Z",
        body: """
          {"value":[{"id":"1795228197001","type":"text","sequenceId":"3","version":"1795228197001","content":{"message":\
          "hi"},"senderDisplayName":"Bob","createdOn":"2026-11-21T02:29:57Z","senderCommunicationIdentifier":{"rawId":\
          "8:acs:bob"}}]}
          """)
    ])
    let page = try await user.chat.messages(in: thread, startTime: user.clock.now, next: nil)
    #expect(
      page.values == [
        ChatMessage(
          id: ChatMessageID("1795228197001"), sequenceID: 3, version: 1_795_228_197_001,
          content: .text("hi"), senderDisplayName: "Bob", sender: bob, createdOn: user.clock.now)
      ])
    user.expectPlayed()
  }

  @Test("a message is sent as plain text with the sender's name")
  func send() async throws {
    let user = try SignedIn([
      .chat("POST", "\(path)/messages", status: 201, body: #"{"id":"17"}"#)
    ])
    let id = try await user.chat.send(
      "a \"b\"", clientID: "c", senderDisplayName: "Alice", to: thread)
    #expect(id == ChatMessageID("17"))
    let body = try JSONValue.parse(user.service.requests[0].body)
    #expect(
      body == [
        "content": "a \"b\"", "senderDisplayName": "Alice", "type": "text",
        "metadata": ["confabClientId": "c"],
      ])
    user.expectPlayed()
  }

  @Test("what has no answer but a status")
  func plain() async throws {
    let message = ChatMessageID("17")
    let user = try SignedIn([
      .chat("PATCH", path, status: 204), .chat("PATCH", "\(path)/messages/17", status: 204),
      .chat("DELETE", "\(path)/messages/17", status: 204),
      .chat("POST", "\(path)/participants/:remove", status: 204), .chat("POST", "\(path)/typing"),
      .chat("POST", "\(path)/readReceipts"),
    ])
    let chat = user.chat
    try await chat.updateTopic(of: thread, to: "New")
    try await chat.edit(message, in: thread, to: "b")
    try await chat.delete(message, in: thread)
    try await chat.remove(bob, from: thread)
    try await chat.sendTyping(in: thread, senderDisplayName: "Alice")
    try await chat.sendReadReceipt(for: message, in: thread)
    user.expectPlayed()
    #expect(
      user.service.requests.map { String(decoding: $0.body, as: UTF8.self) } == [
        #"{"topic":"New"}"#, #"{"content":"b"}"#, "",
        #"{"rawId":"8:acs:bob","communicationUser":{"id":"8:acs:bob"}}"#,
        #"{"senderDisplayName":"Alice"}"#, #"{"chatMessageId":"17"}"#,
      ])
  }

  @Test("a new thread is asked for under the caller's id and read from the answer")
  func createThread() async throws {
    let user = try SignedIn([
      .chat(
        "POST", "", status: 201,
        body: """
          {"chatThread":{"id":"19:abc@thread.v2","topic":"T","createdOn":"2026-11-21T02:29:57Z",\
          "createdByCommunicationIdentifier":{"rawId":"8:acs:5d1c_alice"}}}
          """)
    ])
    let created = try await user.chat.createThread(
      topic: "T", participants: [ChatParticipant(identifier: bob, displayName: "Bob")],
      requestID: "r1")
    #expect(created.id == thread)
    #expect(created.createdBy?.rawID == "8:acs:5d1c_alice")
    #expect(user.service.requests[0].headers["repeatability-request-id"] == "r1")
    user.expectPlayed()
  }

  @Test("whom the service does not take is told with its words")
  func invalidParticipants() async throws {
    let body = #"{"invalidParticipants":[{"code":"403","message":"No.","target":"8:acs:bob"}]}"#
    let user = try SignedIn([
      .chat("POST", "\(path)/participants/:add", status: 201, body: body),
      .chat("POST", "\(path)/participants/:add", status: 201, body: "{}"),
      .chat("POST", "", status: 201, body: body),
    ])
    let people = [ChatParticipant(identifier: bob)]
    #expect(try await user.chat.add(people, to: thread) == ["8:acs:bob: No."])
    #expect(try await user.chat.add(people, to: thread) == [])
    let error = await #expect(throws: ServiceError.self) {
      try await user.chat.createThread(topic: "T", participants: people, requestID: "r")
    }
    #expect(
      error?.message == """
        Failed creating the thread: the answer has no thread. The service says: 8:acs:bob: No.
        """)
    user.expectPlayed()
  }

  @Test(
    "an answer that is not what Chat gives",
    arguments: [
      ("", "line 1, column 1: "), ("<html>", "line 1, column 1: "), ("{}", "value: "),
      (#"{"value":[{"topic":"T"}]}"#, "value[0].id: "),
      (#"{"value":[{"id":1,"topic":"T"}]}"#, "value[0].id: "),
    ])
  func badAnswers(body: String, place: String) async throws {
    let user = try SignedIn([.chat("GET", "", body: body)])
    let error = await #expect(throws: ServiceError.self) { try await user.chat.threads(next: nil) }
    #expect(error?.code == .badAnswer)
    let start = "Failed listing the threads: the answer cannot be understood. \(place)"
    #expect(error?.message.hasPrefix(start) == true, "\(error?.message ?? "")")
    user.expectPlayed()
  }
}
