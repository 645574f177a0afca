import ACSWire

/// Under which ids the service knows a call; the same on both ends' legs.
struct CallReference: Hashable, Sendable {
  /// The call's id across its connections.
  var serverCallID: String?
  /// The id under which the service logs the call.
  var correlationID: String?

  /// True when both mean the same call.
  func matches(_ other: CallReference) -> Bool {
    if let serverCallID, serverCallID == other.serverCallID { return true }
    if let correlationID, correlationID == other.correlationID { return true }
    return false
  }
}

extension CallReference {
  init(_ properties: CallConnectionProperties) {
    self.init(
      serverCallID: properties.serverCallID, correlationID: properties.correlationID)
  }

  init(_ data: CallEventData) {
    self.init(serverCallID: data.serverCallID, correlationID: data.correlationID)
  }

  init(_ data: IncomingCallData) {
    self.init(serverCallID: data.serverCallID, correlationID: data.correlationID)
  }
}
