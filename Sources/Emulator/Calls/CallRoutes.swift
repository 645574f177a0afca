extension Router {
  /// The operations of Call Automation that there are (WIRE 7).
  static var callRoutes: [Route] {
    let calls = "/calling/callConnections"
    return [
      Route("POST", calls, .calls { core, exchange, _ in try core.createCall(exchange) }),
      Route(
        "POST", "\(calls):answer", .calls { core, exchange, _ in try core.answerCall(exchange) }),
      Route(
        "POST", "\(calls):reject", .calls { core, exchange, _ in try core.rejectCall(exchange) }),
      Route("GET", "\(calls)/{}", .calls { core, _, ids in try core.callConnection(id: ids[0]) }),
      Route("DELETE", "\(calls)/{}", .calls { try $0.hangUp($1, id: $2[0]) }),
      Route("POST", "\(calls)/{}:terminate", .calls { try $0.terminateCall($1, id: $2[0]) }),
      Route(
        "GET", "\(calls)/{}/participants",
        .calls { core, exchange, ids in try core.callParticipants(exchange, id: ids[0]) }),
      Route(
        "POST", "\(calls)/{}/participants:mute", .calls { try $0.muteParticipant($1, id: $2[0]) }),
    ]
  }
}
