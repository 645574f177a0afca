import Services
import ACSTypes
import ACSWire
import TestKit
import Testing

@testable import Emulator

struct CallTests {
  let bench: Bench
  let alice, bob: User

  init() throws {
    bench = try Bench()
    alice = try bench.user()
    bob = try bench.user()
    try bench.subscribe("http://127.0.0.1:9/events")
  }

  /// Alice's call to others.
  func create(_ targets: [User], context: String? = "out") -> HTTPResponse {
    bench.signed(
      bench.calls.create(
        CreateCallRequest(
          targets: targets.map { IdentifierModel($0.id) }, sourceDisplayName: "Alice",
          source: CommunicationIdentity(id: alice.id.rawID), operationContext: context,
          callbackURI: "http://127.0.0.1:9/alice"), requestID: "\(bench.fresh())",
        firstSent: bench.clock.now))
  }

  /// A call that rings: the caller's connection, and the context each target got.
  func ring(_ targets: User...) throws -> (connection: String, contexts: [String]) {
    let response = create(targets)
    #expect(response.status == 201)
    let properties = try CallConnectionProperties(bytes: response.body)
    let contexts = try bench.deliveries.map { try incomingCall($0).incomingCallContext }
    return (try #require(properties.callConnectionID), contexts)
  }

  func answer(_ context: String, as name: String = "bob") -> HTTPResponse {
    bench.signed(
      bench.calls.answer(
        AnswerCallRequest(
          incomingCallContext: context, callbackURI: "http://127.0.0.1:9/\(name)",
          operationContext: "in"), requestID: "\(bench.fresh())", firstSent: bench.clock.now))
  }

  func reject(_ context: String, _ reason: String? = nil) -> HTTPResponse {
    bench.signed(
      bench.calls.reject(
        RejectCallRequest(incomingCallContext: context, callRejectReason: reason),
        requestID: "\(bench.fresh())", firstSent: bench.clock.now))
  }

  func incomingCall(_ delivery: WebhookDelivery) throws -> IncomingCallData {
    let event = try #require(try [EventGridEvent](bytes: delivery.body).first)
    guard case .incomingCall(let data) = event.content else {
      throw StoreError(.damaged, "no IncomingCall")
    }
    return data
  }

  /// The types of the Event Grid events posted last, one a web hook.
  func announced(_ deliveries: [WebhookDelivery]? = nil) throws -> [String] {
    try (deliveries ?? bench.deliveries).filter { $0.headers["aeg-event-type"] != nil }.map {
      let event = try JSONValue.parse($0.body)[0]
      return String(event?["eventType"]?.string?.split(separator: ".").last ?? "")
    }
  }

  /// The call's own events posted last: to whom, what, with which result.
  func told(_ deliveries: [WebhookDelivery]? = nil) throws -> [String] {
    let callbacks = (deliveries ?? bench.deliveries).filter { $0.headers["aeg-event-type"] == nil }
    return try callbacks.map { delivery in
      let event = try #require(try [CloudEvent](bytes: delivery.body).first)
      let data = try #require(event.json["data"])
      let result = try CallResultInformation(json: try #require(data["resultInformation"]))
      let type = event.content.type.split(separator: ".").last ?? ""
      let context = data["operationContext"]?.string ?? "-"
      let number = data["sequenceNumber"]?.integer.map { " #\($0)" } ?? ""
      return
        "\(delivery.url.split(separator: "/").last ?? "") \(type) \(result.code ?? 0)/\(result.subCode ?? 0) \(context)\(number)"
    }
  }

  @Test("a call rings by an event to each web hook")
  func rings() throws {
    let response = create([bob])
    let properties = try CallConnectionProperties(bytes: response.body)
    #expect(properties.callConnectionState == "connecting")
    #expect(properties.source?.identifier == alice.id)
    #expect(properties.targets?.map(\.identifier) == [bob.id])
    #expect(bench.deliveries.map(\.url) == ["http://127.0.0.1:9/events"])
    let delivery = try #require(bench.deliveries.first)
    #expect(delivery.headers["aeg-event-type"] == "Notification")
    let event = try #require(try [EventGridEvent](bytes: delivery.body).first)
    #expect(event.subject == "/caller/\(alice.id.rawID)/recipient/\(bob.id.rawID)")
    let data = try incomingCall(delivery)
    #expect(data.from.json["kind"] == "communicationUser")
    #expect(data.to.identifier == bob.id)
    #expect(data.callerDisplayName == "Alice")
    #expect(data.serverCallID == properties.serverCallID)
    #expect(data.correlationID == properties.correlationID)
  }

  @Test("an answered call stands for both ends, which share the call's ids")
  func answered() throws {
    let (connection, contexts) = try ring(bob)
    let response = answer(contexts[0])
    #expect(response.status == 200)
    #expect(
      try told() == [
        "alice CallConnected 200/0 out", "bob CallConnected 200/0 in",
        "alice ParticipantsUpdated 200/0 - #1", "bob ParticipantsUpdated 200/0 - #1",
      ])
    let theirs = try CallConnectionProperties(bytes: response.body)
    let ours = try CallConnectionProperties(
      bytes: bench.signed(bench.calls.properties(of: connection)).body)
    #expect(ours.callConnectionState == "connected")
    #expect(theirs.callConnectionState == "connected")
    #expect(ours.serverCallID == theirs.serverCallID)
    #expect(ours.correlationID == theirs.correlationID)
    #expect(ours.callConnectionID != theirs.callConnectionID)
    let people = try PageModel<CallParticipantModel>(
      bytes: bench.signed(bench.calls.participants(of: connection)).body)
    #expect(people.value.map(\.identifier.identifier) == [alice.id, bob.id])
    #expect(people.value.map(\.isMuted) == [false, false])
  }

  @Test("events have the recorded form")
  func eventForm() throws {
    let (connection, contexts) = try ring(bob)
    _ = answer(contexts[0])
    let event = try #require(try JSONValue.parse(bench.deliveries[0].body)[0])
    #expect(event["source"]?.string == "calling/callConnections/\(connection)")
    #expect(event["subject"] == event["source"])
    #expect(event["type"] == "Microsoft.Communication.CallConnected")
    #expect(event["specversion"] == "1.0")
    #expect(event["datacontenttype"] == "application/json")
    #expect(event["data"]?["publicEventType"] == event["type"])
    #expect(event["data"]?["version"] == "2024-09-01-preview")
    let roster = try #require(try JSONValue.parse(bench.deliveries[2].body)[0])
    #expect(
      roster["data"]?["participants"]?[0]
        == [
          "identifier": [
            "kind": "communicationUser", "rawId": .string(alice.id.rawID),
            "communicationUser": ["id": .string(alice.id.rawID)],
          ], "isMuted": false, "isOnHold": false,
        ])
  }

  @Test("either end hangs up for both", arguments: [true, false])
  func hangUp(isCaller: Bool) throws {
    let (connection, contexts) = try ring(bob)
    let theirs = try CallConnectionProperties(bytes: answer(contexts[0]).body).callConnectionID
    let ending = isCaller ? connection : try #require(theirs)
    #expect(bench.signed(bench.calls.hangUp(ending)).status == 204)
    #expect(
      try told() == [
        "alice CallDisconnected 200/7000 out", "bob CallDisconnected 200/7000 in",
      ])
    #expect(try announced() == ["CallEnded"])
    for id in [connection, try #require(theirs)] {
      for request in [bench.calls.properties(of: id), bench.calls.hangUp(id)] {
        try expectError(bench.signed(request), 404, "8522", "Call not found.")
      }
    }
    #expect(bench.emulator.nextDeadline == nil)
  }

  @Test("terminating ends the call for both")
  func terminate() throws {
    let (connection, contexts) = try ring(bob)
    _ = answer(contexts[0])
    let request = bench.calls.terminate(connection, requestID: "t", firstSent: bench.clock.now)
    #expect(bench.signed(request).status == 204)
    #expect(try told().count == 2)
  }

  @Test(
    "a declined call fails with the reason, in the order recorded",
    arguments: [
      (nil, "603/0"), ("none", "603/0"), ("busy", "486/0"), ("forbidden", "403/0"),
    ] as [(String?, String)])
  func declined(reason: String?, code: String) throws {
    let (connection, contexts) = try ring(bob)
    #expect(reject(contexts[0], reason).status == 204)
    #expect(
      try told() == ["alice CallDisconnected \(code) out", "alice CreateCallFailed \(code) -"])
    #expect(bench.signed(bench.calls.properties(of: connection)).status == 404)
    #expect(answer(contexts[0]).status == 404)
    #expect(reject(contexts[0]).status == 404)
  }

  @Test("an unknown reason to decline is refused and the call rings on")
  func badReason() throws {
    let (_, contexts) = try ring(bob)
    #expect(reject(contexts[0], "rude").status == 400)
    #expect(answer(contexts[0]).status == 200)
  }

  @Test("the caller cancels while it rings, and nobody can answer any more")
  func cancelled() throws {
    let (connection, contexts) = try ring(bob)
    #expect(bench.signed(bench.calls.hangUp(connection)).status == 204)
    #expect(try told() == ["alice CallDisconnected 487/0 out"])
    #expect(try announced() == ["CallEnded"])
    try expectError(answer(contexts[0]), 404, "8522", "Call not found.")
  }

  @Test("after two minutes of ringing the call ends unanswered")
  func unanswered() throws {
    let (_, contexts) = try ring(bob)
    #expect(bench.emulator.nextDeadline == bench.clock.now + .seconds(120))
    bench.clock.advance(by: .seconds(119))
    #expect(bench.emulator.tick(now: bench.clock.now).isEmpty)
    bench.clock.advance(by: .seconds(1))
    let deliveries = bench.emulator.tick(now: bench.clock.now)
    #expect(
      try told(deliveries) == [
        "alice CallDisconnected 487/10004 out", "alice CreateCallFailed 487/10004 -",
      ])
    #expect(bench.emulator.nextDeadline == nil)
    #expect(answer(contexts[0]).status == 404)
  }

  @Test("a call that can ring nowhere is made and fails")
  func nobodyThere() throws {
    let stranger = User(id: ParticipantTests.foreign, token: alice.token)
    #expect(create([stranger]).status == 201)
    let failed = ["alice CallDisconnected 480/10037 out", "alice CreateCallFailed 480/10037 -"]
    #expect(try told() == failed)

    let deaf = try Bench(seed: 2)
    let caller = try deaf.user()
    let response = deaf.signed(
      deaf.calls.create(
        CreateCallRequest(
          targets: [IdentifierModel(caller.id)], operationContext: "out",
          callbackURI: "http://127.0.0.1:9/alice"), requestID: "1", firstSent: deaf.clock.now))
    #expect(response.status == 201)
    #expect(try told(deaf.deliveries) == failed)
  }

  @Test("somebody is muted once, which every end is told")
  func mute() throws {
    let (connection, contexts) = try ring(bob)
    func mute(_ user: User) -> HTTPResponse {
      bench.signed(
        bench.calls.mute(
          user.id, in: connection, requestID: "\(bench.fresh())", firstSent: bench.clock.now))
    }
    #expect(mute(bob).status == 400)
    _ = answer(contexts[0])
    #expect(mute(bob).status == 200)
    #expect(
      try told() == [
        "alice ParticipantsUpdated 200/0 - #2", "bob ParticipantsUpdated 200/0 - #2",
      ])
    #expect(mute(bob).status == 200)
    #expect(bench.deliveries.isEmpty)
    let people = try PageModel<CallParticipantModel>(
      bytes: bench.signed(bench.calls.participants(of: connection)).body)
    #expect(people.value.map(\.isMuted) == [false, true])
    #expect(mute(try bench.user()).status == 404)
  }

  @Test("of three, one leaves and two talk on")
  func three() throws {
    let carol = try bench.user()
    let (connection, contexts) = try ring(bob, carol)
    #expect(contexts.count == 2)
    _ = answer(contexts[0])
    _ = answer(contexts[1], as: "carol")
    #expect(
      try told() == [
        "carol CallConnected 200/0 in", "alice ParticipantsUpdated 200/0 - #2",
        "bob ParticipantsUpdated 200/0 - #2", "carol ParticipantsUpdated 200/0 - #2",
      ])
    _ = bench.signed(bench.calls.hangUp(connection))
    #expect(
      try told() == [
        "alice CallDisconnected 200/7000 out", "bob ParticipantsUpdated 200/0 - #3",
        "carol ParticipantsUpdated 200/0 - #3",
      ])
  }

  @Test("of two who are called, one declines and the other may still answer")
  func oneDeclines() throws {
    let carol = try bench.user()
    let (_, contexts) = try ring(bob, carol)
    #expect(reject(contexts[0]).status == 204)
    #expect(bench.deliveries.isEmpty)
    #expect(answer(contexts[1], as: "carol").status == 200)
  }

  @Test("who did not answer in time is left out of a call that stands")
  func lateRing() throws {
    let carol = try bench.user()
    let (connection, contexts) = try ring(bob, carol)
    _ = answer(contexts[0])
    bench.clock.advance(by: .seconds(120))
    #expect(bench.emulator.tick(now: bench.clock.now).isEmpty)
    #expect(answer(contexts[1]).status == 404)
    #expect(bench.signed(bench.calls.properties(of: connection)).status == 200)
  }

  @Test("a repeated request is answered again and done once")
  func repeated() throws {
    let request = bench.calls.create(
      CreateCallRequest(
        targets: [IdentifierModel(bob.id)], callbackURI: "http://127.0.0.1:9/alice"),
      requestID: "same", firstSent: bench.clock.now)
    let first = bench.signed(request)
    #expect(bench.deliveries.count == 1)
    let again = bench.signed(request)
    #expect(again.body == first.body)
    #expect(bench.deliveries.isEmpty)
    let other = bench.calls.create(
      CreateCallRequest(
        targets: [IdentifierModel(bob.id)], callbackURI: "http://127.0.0.1:9/other"),
      requestID: "same", firstSent: bench.clock.now)
    #expect(bench.signed(other).status == 400)
  }

  @Test("wrong bodies are refused, and make no call")
  func badBodies() {
    let target: JSONValue = ["rawId": .string(bob.id.rawID)]
    let uri: JSONValue = "http://127.0.0.1:9/alice"
    let rows: [(JSONValue, Int)] = [
      ([:], 400), (["targets": [target]], 400), (["targets": [], "callbackUri": uri], 400),
      (["targets": [target], "callbackUri": "ftp://x"], 400),
      (["targets": [target], "callbackUri": uri, "source": ["id": "8:acs:nobody"]], 400),
      (["targets": [["phoneNumber": ["value": "+15550100"]]], "callbackUri": uri], 501),
    ]
    for (body, status) in rows {
      let response = bench.signed(bench.request("POST", "/calling/callConnections", body))
      #expect(response.status == status)
      #expect(response.headers["X-Confab-Why"]?.isEmpty == false)
      #expect(bench.deliveries.isEmpty)
    }
    #expect(bench.emulator.nextDeadline == nil)
  }

  @Test("calls want the access key")
  func unsigned() throws {
    let request = bench.calls.properties(of: "x")
    try expectError(bench.send(request), 401, "7509", "HMAC-SHA256 validation failed")
    try expectError(
      bench.send(request, as: alice), 401, "7509", "HMAC-SHA256 validation failed")
  }
}
