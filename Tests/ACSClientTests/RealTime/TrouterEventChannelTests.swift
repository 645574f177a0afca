import ACSAuth
import ACSClient
import ACSTypes
import ACSWire
import Services
import Synchronization
import TestKit
import Testing

@Suite("Channel of events", .timeLimit(.minutes(1)))
struct TrouterEventChannelTests {
  private static let thread = "19:x@thread.v2"

  private static func typing(_ id: Int, headers: [String: String] = [:]) -> String {
    let event = RealTimeEvent(
      sender: "8:acs:bob", recipient: "8:acs:alice", transactionID: "t",
      content: .typing(
        RealTimeMessage(
          threadID: thread, id: "5", type: "Control/Typing", senderDisplayName: "Bob",
          version: "5", arrivedOn: nil)))
    return request(id, event.json.text, headers: headers)
  }

  private static func request(
    _ id: Int, _ body: String, headers: [String: String] = [:]
  ) -> String {
    let request = TunnelledRequest(
      id: id, method: "POST", url: "/v4/f/flow/typingIndicatorReceived", headers: headers,
      body: body)
    return SocketFrame(.message, data: request.json.text).text
  }

  private static let typed = ChatEventSignal.event(
    .typingReceived(
      ChatThreadID(thread),
      TypingNotice(
        sender: CommunicationIdentifier(rawID: "8:acs:bob"), displayName: "Bob",
        receivedOn: Timestamp(milliseconds: 5))))

  @Test("it asks where, connects in two steps, says that it is active, and registers")
  func connects() async throws {
    let bench = try EventBench()
    let service = bench.service
    _ = try await bench.run {
      let socket = await bench.connector.accepted()
      #expect(
        service.requests(to: .register) == [], "nothing is registered before the socket is up")
      socket.say("1::")
      let activity = await socket.heard() ?? ""
      #expect(
        activity.hasPrefix(#"5:1+::{"name":"user.activity","args":[{"state":"active","cv":""#))
      #expect(activity.hasSuffix(#".0.1"}]}"#))
      #expect(await bench.signal() == .connected)
    }
    let token = SignedIn.token("a", from: bench.user.clock.now)
    #expect(
      service.requests(to: .configuration).map { $0.headers["Authorization"] }
        == bench.user.authorisations("a"))
    let connection = try #require(service.requests(to: .connection).first)
    #expect(connection.origin == "https://trouter.example.com")
    #expect(connection.headers["X-Skypetoken"] == token)
    #expect(connection.headers["Authorization"] == nil)
    let handshake = try #require(service.requests(to: .handshake).first)
    #expect(handshake.query.contains("sr=flow&tc="))
    #expect(handshake.query.contains("&con_num=1795228197000_0&"))
    let opening = try #require(bench.connector.requests.first)
    #expect(opening.origin == "https://socket.example.com:443")
    #expect(opening.path == "/socket.io/1/websocket/session")
    let registering = try #require(service.requests(to: .register).first)
    #expect(registering.headers["X-Skypetoken"] == token)
    let registration = try RegistrationRequest(bytes: registering.body)
    #expect(registration.transports["TROUTER"]?.map(\.path) == [EventService.surl])
    #expect(registration.transports["TROUTER"]?.map(\.ttl) == [3600])
    #expect(registration.clientDescription["templateKey"] == "AcsWeb_Chat_1.8")
  }

  @Test("nobody is told that events come before the registrar took the address")
  func refusedRegistration() async throws {
    let bench = try EventBench()
    bench.service.next(.register, status: 500, "down")
    let signals = Mutex<[ChatEventSignal]>([])
    let error = try await bench.run {
      let socket = await bench.connector.accepted()
      socket.say("1::")
      while let signal = await bench.signal() { signals.withLock { $0.append(signal) } }
      #expect(socket.end == .dropped)
    }
    #expect(signals.withLock { $0 } == [])
    #expect(error?.code == .serviceFailed)
    #expect(error?.message.hasPrefix("Failed registering for the service's events: ") == true)
  }

  @Test(
    "a resource that does not know the question has no events; another failure is one",
    arguments: [
      (404, ServiceError.Code.unsupported), (405, .unsupported), (410, .unsupported),
      (501, .unsupported), (403, .forbidden), (500, .serviceFailed), (429, .throttled),
    ])
  func configurationRefused(status: Int, code: ServiceError.Code) async throws {
    let bench = try EventBench()
    bench.service.next(.configuration, status: status)
    let error = try await bench.runToEnd()
    #expect(error?.code == code)
    #expect(bench.connector.requests == [])
  }

  @Test(
    "an answer that cannot be used ends it with words",
    arguments: [
      (EventService.Place.configuration, "{}", ServiceError.Code.badAnswer),
      (.connection, "[]", .badAnswer),
      (.connection, #"{"surl":"https://x/v4/f/y/"}"#, .badAnswer),
      (.handshake, "no", .badAnswer),
      (.handshake, "s:70:70:xhr-polling", .unsupported),
    ])
  func badAnswers(place: EventService.Place, body: String, code: ServiceError.Code) async throws {
    let bench = try EventBench()
    bench.service.next(place, body)
    let error = try await bench.runToEnd()
    #expect(error?.code == code)
    #expect(bench.connector.requests == [])
  }

  @Test("a socket that does not open ends it")
  func socketRefused() async throws {
    let bench = try EventBench()
    bench.connector.refuse(TransportError(.interrupted, "It answered 400.", status: 400))
    let error = try await bench.runToEnd()
    #expect(error?.code == .unreachable)
    #expect(
      error?.message == "Failed connecting to the service's events: It answered 400.")
  }

  @Test("a refused token is fetched anew, three times in a row and no more, over all tries")
  func refusedTokens() async throws {
    let bench = try EventBench(tokens: ["a", "b", "c", "d"])
    bench.service.next(.connection, status: 401, count: 4)
    let error = try await bench.runToEnd()
    #expect(error?.code == .authFailed)
    let marks = bench.service.requests(to: .connection).map { $0.headers["X-Skypetoken"] }
    #expect(
      marks == ["a", "b", "c", "d"].map { SignedIn.token($0, from: bench.user.clock.now) })
    #expect(bench.user.tokens.unmet == [])
    bench.service.next(.connection, status: 401)
    let again = await #expect(throws: ServiceError.self) { try await bench.channel.run { _ in } }
    #expect(again?.code == .authFailed)
    #expect(bench.service.requests(to: .connection).count == 5, "no token is fetched any more")
    #expect(bench.user.tokens.anomalies == [])
  }

  @Test("once a token was taken, the next refusal counts as the first")
  func takenToken() async throws {
    let bench = try EventBench(tokens: ["a", "b", "c", "d"])
    bench.service.next(.connection, status: 401, count: 2)
    bench.service.next(.register, status: 401)
    _ = try await bench.run { _ = try await bench.connected() }
    #expect(bench.user.tokens.unmet == [])
    #expect(
      bench.service.requests(to: .unregister).map { $0.headers["X-Skypetoken"] }
        == [SignedIn.token("d", from: bench.user.clock.now)])
  }

  @Test("a request is answered before what it brings is told, with the headers that it sent")
  func answers() async throws {
    let bench = try EventBench()
    _ = try await bench.run {
      let socket = try await bench.connected()
      socket.say(
        Self.typing(
          7, headers: ["MS-CV": "v", "Trouter-Request": "{}", "Content-Type": "x"]))
      #expect(
        await socket.heard()
          == #"3:::{"id":7,"status":200,"headers":{"MS-CV":"v","Trouter-Request":"{}"},"body":""}"#)
      #expect(await bench.signal() == Self.typed)
    }
  }

  @Test(
    "what is no event is answered, counted, and told as a loss; the channel goes on",
    arguments: [
      "", "null", "[]", "{}", #"{"eventId":"200"}"#, #"{"eventId":200}"#, #"{"gp":"!"}"#,
      #"{"cp":"AAAA"}"#, #"{"eventId":260,"threadId":"t","version":"1","participantsAdded":"["}"#,
    ])
  func unreadable(body: String) async throws {
    let bench = try EventBench()
    _ = try await bench.run {
      let socket = try await bench.connected()
      socket.say(Self.request(1, body))
      #expect(await socket.heard()?.hasPrefix(#"3:::{"id":1,"status":200"#) == true)
      #expect(await bench.signal() == .eventsLost)
      socket.say(Self.typing(2))
      #expect(await socket.heard()?.hasPrefix(#"3:::{"id":2,"status":200"#) == true)
      #expect(await bench.signal() == Self.typed)
    }
    #expect(bench.channel.tally.unreadableEvents == 1)
    #expect(bench.channel.tally.unknownEvents == 0)
  }

  @Test("an event of an unknown number is answered, counted and passed over")
  func unknown() async throws {
    let bench = try EventBench()
    _ = try await bench.run {
      let socket = try await bench.connected()
      socket.say(Self.request(1, #"{"eventId":999,"groupId":""}"#))
      socket.say(Self.typing(2))
      #expect(await bench.signal() == Self.typed)
    }
    #expect(bench.channel.tally.unknownEvents == 1)
    #expect(bench.channel.tally.unreadableEvents == 0)
  }

  @Test(
    "a frame that is none is counted and passed over",
    arguments: [
      "", "x", "9::", "3:::", "3:::{}", "3:::[]", "5:1::{", "5:1::[]", "5:77777777777::{}",
    ])
  func malformed(text: String) async throws {
    let bench = try EventBench()
    _ = try await bench.run {
      let socket = try await bench.connected()
      socket.say(text)
      socket.say(Self.typing(2))
      #expect(await bench.signal() == Self.typed)
    }
    #expect(bench.channel.tally.malformedFrames == 1)
  }

  @Test("bodies that are compressed or nested are read")
  func wrapped() async throws {
    let bench = try EventBench()
    // gzip of the body of `typing`, and the same in a member.
    let event =
      #"{"eventId":245,"senderId":"8:acs:bob","groupId":"19:x@thread.v2","messageId":"5","#
      + #""senderDisplayName":"Bob","version":"5"}"#
    let plain = Base64.text(Array(event.utf8))
    let packed = Base64.text(GZipSample.stored(Array(event.utf8)))
    _ = try await bench.run {
      let socket = try await bench.connected()
      socket.say(
        Self.request(1, packed, headers: ["x-microsoft-skype-content-encoding": "gzip"]))
      #expect(await bench.signal() == Self.typed)
      socket.say(Self.request(2, #"{"cp":"\#(packed)"}"#))
      #expect(await bench.signal() == Self.typed)
      socket.say(Self.request(3, #"{"gp":"\#(plain)"}"#))
      #expect(await bench.signal() == Self.typed)
    }
    #expect(bench.channel.tally == EventTally())
  }

  @Test("heartbeats are echoed, events of the service acknowledged when it asks")
  func echoes() async throws {
    let bench = try EventBench()
    _ = try await bench.run {
      let socket = try await bench.connected()
      socket.say("2::")
      #expect(await socket.heard() == "2::")
      socket.say("6:::1+[]")
      socket.say("8::")
      socket.say(#"5:4+::{"name":"somethingNew"}"#)
      #expect(await socket.heard() == "6:::4+[]")
    }
  }

  @Test(
    "a loss is acknowledged, told, and registered for anew; one before the registration is not told"
  )
  func losses() async throws {
    let bench = try EventBench()
    let loss = #"[{"droppedIndicators":[{"tag":"","etag":"2026-11-21T02:29:57.0001234Z"}]}]"#
    _ = try await bench.run {
      let socket = await bench.connector.accepted()
      socket.say(#"5:2::{"name":"trouter.message_loss","args":\#(loss)}"#)
      #expect(
        await socket.heard() == #"5:1+::{"name":"trouter.processed_message_loss","args":\#(loss)}"#)
      socket.say("1::")
      _ = await socket.heard()
      #expect(await bench.signal() == .connected)
      await bench.service.reached(.register)
      socket.say(#"5:3::{"name":"trouter.message_loss","args":\#(loss)}"#)
      #expect(
        await socket.heard() == #"5:3+::{"name":"trouter.processed_message_loss","args":\#(loss)}"#)
      #expect(await bench.signal() == .eventsLost)
      await bench.service.reached(.register)
    }
    #expect(bench.service.requests(to: .register).count == 2)
  }

  @Test("an address that the socket tells takes the place of the first one")
  func newAddress() async throws {
    let bench = try EventBench()
    _ = try await bench.run {
      let socket = try await bench.connected()
      await bench.service.reached(.register)
      socket.say(#"5:1::{"name":"trouter.connected","args":[{"surl":"https://t/v4/f/other/"}]}"#)
      await bench.service.reached(.register)
    }
    let last = try #require(bench.service.requests(to: .register).last)
    let registration = try RegistrationRequest(bytes: last.body)
    #expect(registration.transports["TROUTER"]?.map(\.path) == ["https://t/v4/f/other/"])
  }

  @Test(
    "the service's end of a socket says why",
    arguments: [
      ("0::", "The service closed the channel of events."),
      (
        "7:::unauthorized+The token\nexpired.",
        "The service closed the channel of events: unauthorized+The token expired."
      ),
    ])
  func refusal(text: String, message: String) async throws {
    let bench = try EventBench()
    let error = try await bench.runToEnd {
      let socket = try await bench.connected()
      socket.say(text)
    }
    #expect(error == ServiceError(.unreachable, message))
    #expect(bench.service.requests(to: .unregister) == [], "who comes back keeps its events")
  }

  @Test("a connection that breaks is an error, one that is closed in good order is an end")
  func ends() async throws {
    let broken = try EventBench()
    let error = try await broken.runToEnd {
      try await broken.connected().end(.brokenByPeer)
    }
    #expect(
      error
        == ServiceError(
          .unreachable, "Failed listening to the service's events: The connection broke.",
          isUncertain: true))
    let closed = try EventBench()
    let none = try await closed.runToEnd { try await closed.connected().end(.closedByPeer) }
    #expect(none == nil)
  }

  @Test("it asks every third of the allowed silence, and gives up a service that says nothing")
  func silence() async throws {
    let bench = try EventBench()
    let error = try await bench.runToEnd {
      let socket = try await bench.connected()
      await bench.timer.waiting()
      let start = bench.user.clock.now
      #expect(bench.timer.nextEnd.map { $0 - start } == .milliseconds(23_333))
      for number in 2...4 {
        bench.timer.advance(by: .milliseconds(23_334))
        if number < 4 {
          #expect(await socket.heard() == #"5:\#(number)+::{"name":"ping","args":[]}"#)
        }
        if number < 4 { await bench.timer.waiting() }
      }
    }
    #expect(
      error == ServiceError(.unreachable, "Nothing came over the channel of events for 70 s."))
  }

  @Test("an answer to what it asks is enough to go on, whatever the heartbeats do")
  func answeredPings() async throws {
    let bench = try EventBench()
    let error = try await bench.run {
      let socket = try await bench.connected()
      for number in 2...40 {
        await bench.timer.waiting()
        bench.timer.advance(by: .milliseconds(23_334))
        #expect(await socket.heard() == #"5:\#(number)+::{"name":"ping","args":[]}"#)
        socket.say(#"6:::\#(number)+["pong"]"#)
        socket.say(Self.typing(number))
        #expect(await bench.signal() == Self.typed)
        _ = await socket.heard()
      }
    }
    #expect(error?.code == .cancelled)
  }

  @Test("twenty minutes asleep are a silence, told as soon as the clock moves again")
  func asleep() async throws {
    let bench = try EventBench()
    let error = try await bench.runToEnd {
      _ = try await bench.connected()
      await bench.timer.waiting()
      bench.timer.advance(by: .seconds(1200))
    }
    #expect(error?.message == "Nothing came over the channel of events for 70 s.")
  }

  @Test("a registration is renewed before it ends")
  func renewal() async throws {
    let bench = try EventBench()
    // Silence is allowed for long, so that the clock can be moved at once.
    bench.service.next(.handshake, "s:99999:70:websocket")
    _ = try await bench.run {
      _ = try await bench.connected()
      await bench.service.reached(.register)
      await bench.timer.waiting()
      bench.timer.advance(by: .seconds(2699))
      await bench.timer.waiting()
      #expect(bench.service.requests(to: .register).count == 1)
      bench.timer.advance(by: .seconds(1))
      await bench.service.reached(.register)
    }
    let ids = try bench.service.requests(to: .register).map {
      try RegistrationRequest(bytes: $0.body).registrationID
    }
    #expect(ids.count == 2)
    #expect(Set(ids).count == 1, "it replaces the earlier one")
  }

  @Test("a token that was renewed is told to the service over the socket")
  func authenticates() async throws {
    let bench = try EventBench(tokens: ["a", "b"])
    let start = bench.user.clock.now
    _ = try await bench.run {
      let socket = try await bench.connected()
      await bench.timer.waiting()
      _ = try await bench.user.credential.renew()
      bench.timer.advance(by: .milliseconds(23_334))
      #expect(await socket.heard()?.hasPrefix("5:2+::") == true)
      let token = SignedIn.token("b", from: start)
      #expect(
        await socket.heard()
          == #"5:::{"name":"user.authenticate","args":[{"headers":{"Authorization":"Bearer \#(token)"},"#
          + #""connectparams":{}}]}"#)
    }
  }

  @Test("who is cancelled closes in good order and ends the registration")
  func cancelled() async throws {
    let bench = try EventBench()
    let socket = Mutex<PeerSocket?>(nil)
    let error = try await bench.run {
      let opened = try await bench.connected()
      socket.withLock { $0 = opened }
    }
    #expect(error?.code == .cancelled)
    #expect(socket.withLock { $0?.end } == .closed)
    let registering = try #require(bench.service.requests(to: .register).first)
    let id = try RegistrationRequest(bytes: registering.body).registrationID
    let paths = bench.service.requests(to: .unregister).map { String($0.path) }
    #expect(paths == ["/registrar/prod/v3/registrations/\(id)"])
  }

  @Test("who comes back has the same names, and a higher number")
  func comesBack() async throws {
    let bench = try EventBench()
    bench.service.next(.register, status: 500, count: 2)
    for _ in 0..<2 {
      _ = await #expect(throws: ServiceError.self) {
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { try await bench.channel.run { _ in } }
          await bench.connector.accepted().say("1::")
          try await group.waitForAll()
        }
      }
    }
    let queries = bench.service.requests(to: .connection).map { String($0.query) }
    #expect(queries.count == 2)
    #expect(Set(queries).count == 1)
    let numbers = bench.connector.requests.map { request in
      request.query.split(separator: "&").first { $0.hasPrefix("con_num=") }
    }
    #expect(numbers == ["con_num=1795228197000_0", "con_num=1795228197000_1"])
  }
}
