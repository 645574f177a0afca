public import ACSTypes

extension CallCommand: WireValue {
  /// Reads one text message; members that are not known are ignored.
  ///
  /// - Throws: ``WireError``, with code `.unknownType` for a command of a later version.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    let type = try members.required("type", .string)
    guard ["start", "accept", "reject", "hangUp", "setMuted"].contains(type) else {
      throw .unknownType()
    }
    let requestID = try members.required("requestId", .string)
    if type == "start" {
      let target = CommunicationIdentifier(rawID: try members.required("target", .string))
      let threadID = try members.optional("threadId", .string).map { ChatThreadID($0) }
      self = .start(requestID: requestID, target: target, threadID: threadID)
      return
    }
    let callID = CallID(try members.required("callId", .string))
    switch type {
    case "accept": self = .accept(requestID: requestID, callID: callID)
    case "reject": self = .reject(requestID: requestID, callID: callID)
    case "hangUp": self = .hangUp(requestID: requestID, callID: callID)
    default:
      let isMuted = try members.required("isMuted", .bool)
      self = .setMuted(requestID: requestID, callID: callID, isMuted: isMuted)
    }
  }

  /// The message: `{"type":"hangUp","requestId":"…","callId":"…"}`.
  public var json: JSONValue {
    switch self {
    case .start(let requestID, let target, let threadID):
      var members = MemberWriter()
      members.add("type", "start")
      members.add("requestId", requestID)
      members.add("target", target.rawID)
      members.add("threadId", threadID?.rawValue)
      return members.json(with: [:])
    case .accept(let requestID, let callID):
      return .object(message("accept", requestID, callID))
    case .reject(let requestID, let callID):
      return .object(message("reject", requestID, callID))
    case .hangUp(let requestID, let callID):
      return .object(message("hangUp", requestID, callID))
    case .setMuted(let requestID, let callID, let isMuted):
      var object = message("setMuted", requestID, callID)
      object["isMuted"] = .bool(isMuted)
      return .object(object)
    }
  }
}

private func message(_ type: String, _ requestID: String, _ callID: CallID) -> JSONObject {
  [
    "type": .string(type), "requestId": .string(requestID), "callId": .string(callID.rawValue),
  ]
}
