import ACSTypes
import ACSWire
import Testing

/// A request and what must stand on the wire.
struct SentRequest: Sendable, CustomTestStringConvertible {
  var request: HTTPRequest
  var line: String
  var body: String
  var testDescription: String { line }

  init(_ request: HTTPRequest, _ line: String, _ body: String = "") {
    self.request = request
    self.line = line
    self.body = body
  }
}

private let thread = ChatThreadID("19:aWu-N6_1@thread.v2")
private let bob = CommunicationIdentifier(rawID: "8:acs:r_bob")
private let bobJSON = #"{"rawId":"8:acs:r_bob","communicationUser":{"id":"8:acs:r_bob"}}"#
private let identity = IdentityRequests(endpoint: "https://127.0.0.1:7751/")
private let chat = ChatRequests(endpoint: "https://127.0.0.1:7751")
private let calls = CallAutomationRequests(endpoint: "https://127.0.0.1:7751")

@Suite("Requests")
struct RequestTests {
  @Test(
    "each operation has the contract's line and body",
    arguments: [
      SentRequest(identity.create(), "POST /identities?api-version=2023-10-01"),
      SentRequest(
        identity.create(scopes: [.chat], expiresInMinutes: 60),
        "POST /identities?api-version=2023-10-01",
        #"{"createTokenWithScopes":["chat"],"expiresInMinutes":60}"#),
      SentRequest(
        identity.issueToken(for: bob, scopes: [.chat, .voip]),
        "POST /identities/8%3Aacs%3Ar_bob/:issueAccessToken?api-version=2023-10-01",
        #"{"scopes":["chat","voip"]}"#),
      SentRequest(
        identity.revokeTokens(of: bob),
        "POST /identities/8%3Aacs%3Ar_bob/:revokeAccessTokens?api-version=2023-10-01"),
      SentRequest(
        identity.delete(bob), "DELETE /identities/8%3Aacs%3Ar_bob?api-version=2023-10-01"),
      SentRequest(
        identity.exchangeTeamsToken(Secret("t"), appID: "a", userID: "u"),
        "POST /teamsUser/:exchangeAccessToken?api-version=2023-10-01",
        #"{"token":"t","appId":"a","userId":"u"}"#),
      SentRequest(chat.threads(), "GET /chat/threads?api-version=2024-03-07"),
      SentRequest(
        chat.threads(maxPageSize: 20, startTime: .epoch),
        "GET /chat/threads?maxPageSize=20&startTime=1970-01-01T00%3A00%3A00Z&api-version=2024-03-07"
      ),
      SentRequest(
        chat.thread(thread),
        "GET /chat/threads/19%3AaWu-N6_1%40thread.v2?api-version=2024-03-07"),
      SentRequest(
        chat.createThread(
          topic: "T", participants: [ChatParticipant(identifier: bob, displayName: "Bob")],
          requestID: "r1"),
        "POST /chat/threads?api-version=2024-03-07",
        #"{"topic":"T","participants":[{"communicationIdentifier":\#(bobJSON),"displayName":"Bob"}]}"#
      ),
      SentRequest(
        chat.updateTopic(of: thread, to: "N"),
        "PATCH /chat/threads/19%3AaWu-N6_1%40thread.v2?api-version=2024-03-07",
        #"{"topic":"N"}"#),
      SentRequest(
        chat.deleteThread(thread),
        "DELETE /chat/threads/19%3AaWu-N6_1%40thread.v2?api-version=2024-03-07"),
      SentRequest(
        chat.messages(in: thread, maxPageSize: 200),
        "GET /chat/threads/19%3AaWu-N6_1%40thread.v2/messages?maxPageSize=200&api-version=2024-03-07"
      ),
      SentRequest(
        chat.message(ChatMessageID("17"), in: thread),
        "GET /chat/threads/19%3AaWu-N6_1%40thread.v2/messages/17?api-version=2024-03-07"),
      SentRequest(
        chat.sendMessage(SendChatMessageRequest(content: "é"), to: thread),
        "POST /chat/threads/19%3AaWu-N6_1%40thread.v2/messages?api-version=2024-03-07",
        #"{"content":"é"}"#),
      SentRequest(
        chat.updateMessage(ChatMessageID("17"), in: thread, content: "x"),
        "PATCH /chat/threads/19%3AaWu-N6_1%40thread.v2/messages/17?api-version=2024-03-07",
        #"{"content":"x"}"#),
      SentRequest(
        chat.deleteMessage(ChatMessageID("../x"), in: thread),
        "DELETE /chat/threads/19%3AaWu-N6_1%40thread.v2/messages/..%2Fx?api-version=2024-03-07"),
      SentRequest(
        chat.sendTyping(in: thread, senderDisplayName: "Al"),
        "POST /chat/threads/19%3AaWu-N6_1%40thread.v2/typing?api-version=2024-03-07",
        #"{"senderDisplayName":"Al"}"#),
      SentRequest(
        chat.readReceipts(in: thread, skip: 5),
        "GET /chat/threads/19%3AaWu-N6_1%40thread.v2/readReceipts?skip=5&api-version=2024-03-07"),
      SentRequest(
        chat.sendReadReceipt(for: ChatMessageID("17"), in: thread),
        "POST /chat/threads/19%3AaWu-N6_1%40thread.v2/readReceipts?api-version=2024-03-07",
        #"{"chatMessageId":"17"}"#),
      SentRequest(
        chat.participants(of: thread),
        "GET /chat/threads/19%3AaWu-N6_1%40thread.v2/participants?api-version=2024-03-07"),
      SentRequest(
        chat.addParticipants([ChatParticipant(identifier: bob)], to: thread),
        "POST /chat/threads/19%3AaWu-N6_1%40thread.v2/participants/:add?api-version=2024-03-07",
        #"{"participants":[{"communicationIdentifier":\#(bobJSON)}]}"#),
      SentRequest(
        chat.removeParticipant(bob, from: thread),
        "POST /chat/threads/19%3AaWu-N6_1%40thread.v2/participants/:remove?api-version=2024-03-07",
        bobJSON),
      SentRequest(
        calls.create(
          CreateCallRequest(
            targets: [IdentifierModel(bob)], source: CommunicationIdentity(id: "8:acs:r_alice"),
            callbackURI: "http://x/y"), requestID: "r", firstSent: .epoch),
        "POST /calling/callConnections?api-version=2024-04-15",
        #"{"targets":[\#(bobJSON)],"source":{"id":"8:acs:r_alice"},"callbackUri":"http://x/y"}"#),
      SentRequest(
        calls.answer(
          AnswerCallRequest(incomingCallContext: "c", callbackURI: "u"), requestID: "r",
          firstSent: .epoch),
        "POST /calling/callConnections:answer?api-version=2024-04-15",
        #"{"incomingCallContext":"c","callbackUri":"u"}"#),
      SentRequest(
        calls.reject(
          RejectCallRequest(incomingCallContext: "c"), requestID: "r", firstSent: .epoch),
        "POST /calling/callConnections:reject?api-version=2024-04-15",
        #"{"incomingCallContext":"c"}"#),
      SentRequest(
        calls.properties(of: "a-b"), "GET /calling/callConnections/a-b?api-version=2024-04-15"),
      SentRequest(
        calls.hangUp("a-b"), "DELETE /calling/callConnections/a-b?api-version=2024-04-15"),
      SentRequest(
        calls.terminate("a-b", requestID: "r", firstSent: .epoch),
        "POST /calling/callConnections/a-b:terminate?api-version=2024-04-15"),
      SentRequest(
        calls.participants(of: "a-b"),
        "GET /calling/callConnections/a-b/participants?api-version=2024-04-15"),
      SentRequest(
        calls.mute(bob, in: "a-b", requestID: "r", firstSent: .epoch),
        "POST /calling/callConnections/a-b/participants:mute?api-version=2024-04-15",
        #"{"targetParticipants":[{"kind":"communicationUser","rawId":"8:acs:r_bob","communicationUser":{"id":"8:acs:r_bob"}}]}"#
      ),
    ])
  func operations(_ row: SentRequest) {
    #expect("\(row.request.method) \(row.request.target)" == row.line)
    #expect(String(decoding: row.request.body, as: UTF8.self) == row.body)
    #expect(row.request.origin == "https://127.0.0.1:7751")
    let type = row.request.method == "PATCH" ? "application/merge-patch+json" : "application/json"
    #expect(row.request.headers["Content-Type"] == (row.body.isEmpty ? nil : type))
  }

  @Test("requests that are done once carry their ids")
  func repeatability() {
    let create = chat.createThread(topic: "T", participants: [], requestID: "r1")
    #expect(create.headers["repeatability-request-id"] == "r1")
    let hangUp = calls.terminate("a", requestID: "r2", firstSent: .epoch)
    #expect(hangUp.headers["Repeatability-Request-ID"] == "r2")
    #expect(hangUp.headers["Repeatability-First-Sent"] == "Thu, 01 Jan 1970 00:00:00 GMT")
  }

  @Test(
    "a next link is followed verbatim, but for bytes that no request line may hold",
    arguments: [
      (
        "https://127.0.0.1:7751/chat/threads?syncState=ab%2B&api-version=2024-03-07",
        "/chat/threads?syncState=ab%2B&api-version=2024-03-07"
      ),
      (
        "HTTPS://127.0.0.1:7751/chat/threads/19:a@thread.v2/messages?startTime=1/1/1970 12:00:00 AM +00:00",
        "/chat/threads/19:a@thread.v2/messages?startTime=1/1/1970%2012:00:00%20AM%20+00:00"
      ),
      ("https://127.0.0.1:7751/a\r\nEvil: é", "/a%0D%0AEvil:%20%C3%A9"),
    ])
  func next(link: String, target: String) throws {
    let request = try chat.next(link)
    #expect(request.method == "GET")
    #expect(request.origin == "https://127.0.0.1:7751")
    #expect(request.target == target)
  }

  @Test(
    "a next link to another server is refused",
    arguments: [
      "https://evil.example/chat/threads", "http://127.0.0.1:7751/chat/threads",
      "https://127.0.0.1:7752/x", "https://127.0.0.1:7751@evil.example/x",
      "https://127.0.0.1:7751.evil.example/x", "/chat/threads", "", "https://127.0.0.1:7751",
    ])
  func foreignNext(link: String) {
    #expect(throws: WireError.self) { try chat.next(link) }
  }

  @Test("the default port is the same server")
  func defaultPort() throws {
    let requests = ChatRequests(endpoint: "https://x.communication.azure.com")
    #expect(try requests.next("https://X.communication.azure.com:443/a").target == "/a")
  }
}
