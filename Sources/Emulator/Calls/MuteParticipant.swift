import ACSTypes
import ACSWire

extension Core {
  /// `POST /calling/callConnections/{id}/participants:mute`: one ACS user of the call (WIRE 7).
  ///
  /// The stable contract has no way back; muting who is muted changes nothing.
  mutating func muteParticipant(_ exchange: Exchange, id: String) throws -> HTTPResponse {
    let body = try exchange.body(as: MuteParticipantsRequest.self)
    var (call, _) = try calls.connection(id)
    guard body.targetParticipants.count == 1, let target = body.targetParticipants.first else {
      throw Refusal(
        400, "BadRequest", "targetParticipants: This should name exactly one participant.",
        target: "targetParticipants")
    }
    guard call.isAnswered else {
      throw Refusal(
        400, "8501", "Action is invalid when call is not in Established state.",
        why: "The call still rings.")
    }
    guard let place = call.legs.firstIndex(where: { $0.identity == target.identifier }) else {
      throw Refusal(
        404, "8526", "Participant not found.", target: "targetParticipants",
        why: "\(target.identifier.rawID) is not in the call.")
    }
    if !call.legs[place].isMuted {
      call.legs[place].isMuted = true
      tellParticipants(of: &call, now: exchange.now)
      calls.keep(call)
    }
    return .json(MuteParticipantsResult(operationContext: body.operationContext))
  }
}
