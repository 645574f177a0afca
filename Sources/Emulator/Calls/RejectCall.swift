import ACSTypes
import ACSWire

extension Core {
  /// `POST /calling/callConnections:reject`: the caller is told once nobody is left who could answer (WIRE 7).
  mutating func rejectCall(_ exchange: Exchange) throws -> HTTPResponse {
    let body = try exchange.body(as: RejectCallRequest.self)
    let results: [String: CallResultInformation] = [
      "none": .declined, "busy": .busy, "forbidden": .forbidden,
    ]
    let reason = body.callRejectReason ?? "none"
    guard let result = results[reason] else {
      throw Refusal(
        400, "BadRequest", "callRejectReason: This should be none, busy or forbidden.",
        target: "callRejectReason")
    }
    var (call, place) = try calls.ringing(body.incomingCallContext)
    call.rings.remove(at: place)
    if call.rings.isEmpty, !call.isAnswered {
      calls.keep(call)
      end(call, result: result, now: exchange.now)
    } else {
      calls.keep(call)
    }
    return .empty(204)
  }
}
