import ACSTypes
import ACSWire

extension Core {
  /// The api-version that shapes the events, as recorded (WIRE 7).
  private static let eventVersion = "2024-09-01-preview"

  /// Posts an event to the callback address of one end of a call.
  mutating func tell(
    _ leg: Call.Leg, of call: Call, result: CallResultInformation, now: Timestamp,
    hasContext: Bool = true, participants: [CallParticipantModel]? = nil, sequence: Int? = nil,
    as make: (CallEventData) -> CloudEvent.Content
  ) {
    var data = CallEventData(
      version: Core.eventVersion, operationContext: hasContext ? leg.operationContext : nil,
      resultInformation: result, participants: participants, sequenceNumber: sequence,
      callConnectionID: leg.connectionID, serverCallID: call.serverCallID,
      correlationID: call.correlationID)
    data.publicEventType = make(data).type
    let event = CloudEvent(
      id: ids.guid(), source: "calling/callConnections/\(leg.connectionID)", content: make(data),
      time: WireTime(identity: now))
    deliveries.append(
      WebhookDelivery(
        url: leg.callbackURI, headers: ["Content-Type": "application/json; charset=utf-8"],
        body: [event].bytes))
  }

  /// Tells every end who is in the call.
  mutating func tellParticipants(of call: inout Call, now: Timestamp) {
    call.sequence += 1
    for leg in call.legs where leg.isConnected {
      tell(
        leg, of: call, result: .success, now: now, hasContext: false,
        participants: call.participants, sequence: call.sequence,
        as: CloudEvent.Content.participantsUpdated)
    }
  }

  /// Ends the call for everybody.
  mutating func end(_ call: Call, result: CallResultInformation, now: Timestamp) {
    for leg in call.legs {
      tell(leg, of: call, result: result, now: now, as: CloudEvent.Content.callDisconnected)
      // Both are recorded for a call that was declined, in this order.
      if !leg.isConnected, result != .cancelled {
        tell(
          leg, of: call, result: result, now: now, hasContext: false,
          as: CloudEvent.Content.createCallFailed)
      }
    }
    announceEnd(of: call, now: now)
    var ended = call
    ended.legs = []
    ended.rings = []
    calls.keep(ended)
  }

  /// Ends ringing that nobody answered in time.
  mutating func tick(now: Timestamp) -> [WebhookDelivery] {
    for call in calls.unanswered(at: now) {
      if call.isAnswered {
        var call = call
        call.rings = []
        calls.keep(call)
      } else {
        end(call, result: .unanswered, now: now)
      }
    }
    defer { deliveries = [] }
    return deliveries
  }
}
