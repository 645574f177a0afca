/// The gateway's id of a call, given by the gateway; not the client's request id.
public struct CallID: Hashable, Sendable {
  /// The id as the gateway writes it.
  public var rawValue: String

  /// Takes any text.
  public init(_ rawValue: String) {
    self.rawValue = rawValue
  }
}

/// Somebody in a call, as the gateway's roster tells.
public struct CallParticipant: Hashable, Sendable, Codable {
  /// Who.
  public var identifier: CommunicationIdentifier
  /// The name to show; empty when unknown.
  public var displayName: String
  /// True while the gateway or the service keeps their sound from others.
  public var isMuted: Bool

  /// A participant.
  public init(identifier: CommunicationIdentifier, displayName: String, isMuted: Bool) {
    self.identifier = identifier
    self.displayName = displayName
    self.isMuted = isMuted
  }
}

/// What a client asks of the call gateway.
///
/// Each carries an id of the client's choice, which the answer repeats
/// and under which a repeated command is done once.
public enum CallCommand: Hashable, Sendable {
  /// Call somebody. The gateway answers with ``CallSignal/accepted(requestID:callID:)``.
  case start(requestID: String, target: CommunicationIdentifier, threadID: ChatThreadID?)
  /// Answer a ringing call.
  case accept(requestID: String, callID: CallID)
  /// Decline a ringing call.
  case reject(requestID: String, callID: CallID)
  /// Leave the call, or cancel it while it rings.
  case hangUp(requestID: String, callID: CallID)
  /// Keep one's own sound from others, or not.
  case setMuted(requestID: String, callID: CallID, isMuted: Bool)

  /// The id under which the answer comes.
  public var requestID: String {
    switch self {
    case .start(let requestID, _, _), .accept(let requestID, _), .reject(let requestID, _),
      .hangUp(let requestID, _), .setMuted(let requestID, _, _):
      requestID
    }
  }
}

/// What the call gateway tells a client.
public enum CallSignal: Hashable, Sendable, Codable {
  /// The gateway knows who the client is and speaks this version of the contract.
  case welcome(version: Int, identity: CommunicationIdentifier)
  /// A command was taken; for ``CallCommand/start(requestID:target:threadID:)`` with the new call's id.
  case accepted(requestID: String, callID: CallID)
  /// A command failed; a pair of codes as for the end of a call.
  case refused(requestID: String, reason: CallEndReason)
  /// Somebody calls.
  case incoming(callID: CallID, from: CommunicationIdentifier, displayName: String)
  /// A call changed its state; `reason` is set with ``CallState/disconnected``.
  case state(callID: CallID, state: CallState, reason: CallEndReason?)
  /// Who is in the call now: the whole roster, with a version that rises.
  case roster(callID: CallID, version: Int, participants: [CallParticipant])
}

extension CallID: Codable {
  /// Reads the text alone, as ``encode(to:)`` writes it.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the text alone.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
