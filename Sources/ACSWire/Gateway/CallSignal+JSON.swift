public import ACSTypes

extension CallSignal: WireValue {
  /// Reads one text message; members that are not known are ignored, a state that is not known is `none`.
  ///
  /// - Throws: ``WireError``, with code `.unknownType` for a signal of a later version.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    switch try members.required("type", .string) {
    case "welcome":
      self = .welcome(
        version: try members.required("version", .integer),
        identity: CommunicationIdentifier(rawID: try members.required("identity", .string)))
    case "accepted":
      self = .accepted(
        requestID: try members.required("requestId", .string),
        callID: CallID(try members.required("callId", .string)))
    case "refused":
      self = .refused(
        requestID: try members.required("requestId", .string),
        reason: try members.required("reason", .value))
    case "incoming":
      self = .incoming(
        callID: CallID(try members.required("callId", .string)),
        from: CommunicationIdentifier(rawID: try members.required("from", .string)),
        displayName: try members.optional("displayName", .string) ?? "")
    case "state":
      self = .state(
        callID: CallID(try members.required("callId", .string)),
        state: CallState(rawValue: try members.required("state", .string)) ?? .none,
        reason: try members.optional("reason", .value))
    case "roster":
      self = .roster(
        callID: CallID(try members.required("callId", .string)),
        version: try members.required("version", .integer),
        participants: try members.required("participants", .value))
    default:
      throw .unknownType()
    }
  }

  /// The message: `{"type":"welcome","version":1,"identity":"8:acs:…"}`.
  public var json: JSONValue {
    switch self {
    case .welcome(let version, let identity):
      return [
        "type": "welcome", "version": .integer(Int64(version)), "identity": .string(identity.rawID),
      ]
    case .accepted(let requestID, let callID):
      return [
        "type": "accepted", "requestId": .string(requestID), "callId": .string(callID.rawValue),
      ]
    case .refused(let requestID, let reason):
      return ["type": "refused", "requestId": .string(requestID), "reason": reason.json]
    case .incoming(let callID, let from, let displayName):
      return [
        "type": "incoming", "callId": .string(callID.rawValue), "from": .string(from.rawID),
        "displayName": .string(displayName),
      ]
    case .state(let callID, let state, let reason):
      var members = MemberWriter()
      members.add("type", "state")
      members.add("callId", callID.rawValue)
      members.add("state", state.rawValue)
      members.add("reason", reason)
      return members.json(with: [:])
    case .roster(let callID, let version, let participants):
      return [
        "type": "roster", "callId": .string(callID.rawValue), "version": .integer(Int64(version)),
        "participants": participants.json,
      ]
    }
  }
}

extension CallEndReason: WireValue {
  /// Reads `{"code":603,"subCode":0,"message":"…"}`; only the code is required.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    self.init(
      code: try members.required("code", .integer),
      subCode: try members.optional("subCode", .integer) ?? 0,
      message: try members.optional("message", .string) ?? "")
  }

  /// All three members.
  public var json: JSONValue {
    [
      "code": .integer(Int64(code)), "subCode": .integer(Int64(subCode)),
      "message": .string(message),
    ]
  }

  /// The reason that a Call Automation event tells; a missing code is 0.
  public init(_ result: CallResultInformation) {
    self.init(code: result.code ?? 0, subCode: result.subCode ?? 0, message: result.message ?? "")
  }
}

extension CallParticipant: WireValue {
  /// Reads `{"identifier":"8:acs:…","displayName":"…","isMuted":false}`; only the identifier is required.
  public init(json: JSONValue) throws(WireError) {
    var members = try MemberReader(json)
    self.init(
      identifier: CommunicationIdentifier(rawID: try members.required("identifier", .string)),
      displayName: try members.optional("displayName", .string) ?? "",
      isMuted: try members.optional("isMuted", .bool) ?? false)
  }

  /// All three members.
  public var json: JSONValue {
    [
      "identifier": .string(identifier.rawID), "displayName": .string(displayName),
      "isMuted": .bool(isMuted),
    ]
  }
}
