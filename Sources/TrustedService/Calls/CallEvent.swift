import ACSTypes
import ACSWire

/// Something that Call Automation answered or told about one leg.
enum CallEvent: Hashable, Sendable {
  /// Answer: the call is being made, or was answered.
  case placed(connectionID: String, CallReference)
  /// Answer: the call could not be made.
  case createFailed(ServiceError)
  /// Answer: the call could not be answered.
  case answerFailed(ServiceError)
  /// Answer: the call was declined.
  case rejectDone
  /// Answer: the call could not be declined.
  case rejectFailed(ServiceError)
  /// Answer: the user left.
  case hangUpDone
  /// Answer: the service could not be told to let the user leave.
  case hangUpFailed(ServiceError)
  /// Answer: the user is muted.
  case muteDone(requestID: String)
  /// Answer: the user could not be muted.
  case muteFailed(requestID: String, ServiceError)
  /// Event: the call stands.
  case connected(connectionID: String, CallReference)
  /// Event: the call ended, or never came to stand.
  case disconnected(CallEndReason)
  /// Event: who is in the call.
  case roster([CallParticipant], sequence: Int?)
}

extension CallEvent {
  /// What an event of the service means for its leg; `nil` for types that mean nothing to it.
  init?(_ content: CloudEvent.Content, names: [CommunicationIdentifier: String]) {
    switch content {
    case .callConnected(let data):
      self = .connected(connectionID: data.callConnectionID, CallReference(data))
    case .callDisconnected(let data), .answerFailed(let data), .createCallFailed(let data):
      self = .disconnected(data.resultInformation.map { CallEndReason($0) } ?? .endedHere)
    case .participantsUpdated(let data):
      let participants = (data.participants ?? []).map { participant in
        let identifier = participant.identifier.identifier
        return CallParticipant(
          identifier: identifier, displayName: names[identifier] ?? "",
          isMuted: participant.isMuted ?? false)
      }
      self = .roster(participants, sequence: data.sequenceNumber)
    case .unknown: return nil
    }
  }
}

extension CallLeg {
  /// Takes an answer or event to the method that knows it.
  mutating func happened(_ event: CallEvent, now: Timestamp) -> [Instruction] {
    switch event {
    case .placed(let connectionID, let reference):
      self.reference = reference
      return placed(connectionID: connectionID, now: now)
    case .createFailed(let error): return createFailed(error, now: now)
    case .answerFailed(let error): return answerFailed(error, now: now)
    case .rejectDone: return rejectDone(now: now)
    case .rejectFailed(let error): return rejectFailed(error, now: now)
    case .hangUpDone: return hangUpDone(now: now)
    case .hangUpFailed(let error): return hangUpFailed(error, now: now)
    case .muteDone(let requestID): return muteDone(requestID: requestID)
    case .muteFailed(let requestID, let error):
      return muteFailed(error, requestID: requestID)
    case .connected(let connectionID, let reference):
      self.reference = reference
      return connected(connectionID: connectionID, now: now)
    case .disconnected(let reason): return disconnected(reason, now: now)
    case .roster(let participants, let sequence):
      return rosterCame(participants, sequence: sequence)
    }
  }
}
