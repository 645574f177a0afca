import ACSTypes
import ACSWire
import Testing

@Suite("Calls on the wire")
struct CallEventTests {
  private static let data =
    #"{"resultInformation":{"code":603,"subCode":0,"message":"Decline."},"callConnectionId":"c","serverCallId":"s","correlationId":"k"}"#

  private static func event(_ type: String, _ data: String) -> String {
    #"{"id":"1","source":"calling/callConnections/c","type":"Microsoft.Communication.\#(type)","#
      + #""data":\#(data),"time":"2025-03-05T10:31:46.9653806+00:00","specversion":"1.0","#
      + #""datacontenttype":"application/json","subject":"calling/callConnections/c"}"#
  }

  @Test("the five types that the gateway acts on are told apart")
  func types() throws {
    let data = try CallEventData(text: Self.data)
    let rows: [(String, CloudEvent.Content)] = [
      ("CallConnected", .callConnected(data)), ("CallDisconnected", .callDisconnected(data)),
      ("ParticipantsUpdated", .participantsUpdated(data)), ("AnswerFailed", .answerFailed(data)),
      ("CreateCallFailed", .createCallFailed(data)),
      (
        "PlayStarted",
        .unknown(type: "Microsoft.Communication.PlayStarted", data: try .parse(Self.data))
      ),
    ]
    for (type, content) in rows {
      let text = Self.event(type, Self.data)
      let event = try CloudEvent(text: text)
      #expect(event.content == content)
      #expect(event.json == (try JSONValue.parse(text)))
    }
  }

  @Test("a batch is a list, and an error in it has its index")
  func batch() throws {
    let good = Self.event("CallConnected", Self.data)
    #expect(try [CloudEvent](text: "[\(good),\(good)]").count == 2)
    let error = #expect(throws: WireError.self) {
      try [CloudEvent](text: "[\(good),\(Self.event("CallConnected", "{}"))]")
    }
    #expect(error?.description == "[1].data.callConnectionId: This is required and missing.")
  }

  @Test("an event that we make has everything that CloudEvents 1.0 wants")
  func made() throws {
    let event = CloudEvent(
      id: "1", source: "calling/callConnections/c",
      content: .callDisconnected(try CallEventData(text: Self.data)),
      time: WireTime(identity: .epoch))
    #expect(event.json["specversion"] == "1.0")
    #expect(event.json["subject"] == "calling/callConnections/c")
    #expect(event.json["type"] == "Microsoft.Communication.CallDisconnected")
    #expect(try CloudEvent(bytes: event.bytes) == event)
  }

  @Test("an event of a kind that is not known, and without data, is written without data, too")
  func nothingAdded() throws {
    let call = #"{"id":"1","source":"s","type":"x"}"#
    #expect(try CloudEvent(text: call).json == JSONValue.parse(call))
    let grid =
      #"{"id":"1","topic":"t","subject":"s","eventType":"x","eventTime":"2026-11-21T02:29:57Z"}"#
    #expect(try EventGridEvent(text: grid).json["data"] == nil)
  }

  @Test("Event Grid's events are told apart")
  func eventGrid() throws {
    let call = IncomingCallData(
      to: IdentifierModel(CommunicationIdentifier(rawID: "8:acs:r_bob"), writingKind: true),
      from: IdentifierModel(CommunicationIdentifier(rawID: "8:acs:r_alice"), writingKind: true),
      serverCallID: "s", callerDisplayName: "Alice", incomingCallContext: "ctx", correlationID: "k")
    let event = EventGridEvent(
      id: "1", topic: "/subscriptions/x", subject: "/caller/a/recipient/b",
      content: .incomingCall(call), eventTime: WireTime(identity: .epoch))
    #expect(try [EventGridEvent](bytes: [event].json.bytes) == [event])
    #expect(event.json["dataVersion"] == "1.0")

    let validation =
      #"{"id":"2","topic":"t","subject":"","data":{"validationCode":"512d","validationUrl":"https://v"},"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","eventTime":"2018-01-25T22:12:19.4556811Z","metadataVersion":"1","dataVersion":"1"}"#
    let asked = try EventGridEvent(text: validation)
    #expect(asked.json == (try JSONValue.parse(validation)))
    guard case .subscriptionValidation(let data) = asked.content else {
      Issue.record("not a validation: \(asked.content)")
      return
    }
    #expect(data.answer.text == #"{"validationResponse":"512d"}"#)

    let other =
      #"{"id":"3","subject":"s","eventType":"Microsoft.Communication.CallEnded","eventTime":"2018-01-25T22:12:19Z","data":{"a":1}}"#
    #expect(try EventGridEvent(text: other).json == (try JSONValue.parse(other)))
  }

  @Test("requests and answers of Call Automation keep what they do not know")
  func requests() throws {
    let create =
      #"{"targets":[{"rawId":"8:acs:r_bob"}],"source":{"id":"8:acs:r_alice"},"callbackUri":"http://127.0.0.1/c","mediaStreamingOptions":{"transportUrl":"ws://x"}}"#
    let request = try CreateCallRequest(text: create)
    #expect(request.source?.id == "8:acs:r_alice")
    #expect(request.json == (try JSONValue.parse(create)))
    let properties =
      #"{"callConnectionId":"c","serverCallId":"s","targets":[{"rawId":"8:acs:r_bob"}],"callConnectionState":"connecting","callbackUri":"http://x","source":{"rawId":"8:acs:r_alice"},"answeredBy":{"id":"8:acs:r_bob"},"mediaStreamingSubscription":{"id":"m"}}"#
    #expect(
      try CallConnectionProperties(text: properties).json == (try JSONValue.parse(properties)))
    #expect(throws: WireError.self) { try AnswerCallRequest(text: #"{"callbackUri":"x"}"#) }
    let reject = RejectCallRequest(incomingCallContext: "ctx", callRejectReason: "busy")
    #expect(reject.json.text == #"{"incomingCallContext":"ctx","callRejectReason":"busy"}"#)
  }
}
