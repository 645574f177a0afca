import ACSTypes
import ACSWire

extension Core {
  /// `POST /calling/callConnections:answer`: the call stands, and both ends are told (WIRE 7).
  mutating func answerCall(_ exchange: Exchange) throws -> HTTPResponse {
    let body = try exchange.body(as: AnswerCallRequest.self)
    try checkCallback(body.callbackURI)
    var (call, place) = try calls.ringing(body.incomingCallContext)
    let ring = call.rings.remove(at: place)
    let leg = Call.Leg(
      connectionID: ids.guid(), callbackURI: body.callbackURI,
      operationContext: body.operationContext, identity: ring.target,
      answeredBy: body.answeredBy, isConnected: true)
    call.legs.append(leg)
    for index in call.legs.indices {
      let isNew = index == call.legs.count - 1 || !call.legs[index].isConnected
      call.legs[index].isConnected = true
      guard isNew else { continue }
      tell(
        call.legs[index], of: call, result: .success, now: exchange.now,
        as: CloudEvent.Content.callConnected)
    }
    tellParticipants(of: &call, now: exchange.now)
    calls.keep(call)
    return .json(call.properties(of: leg))
  }
}
