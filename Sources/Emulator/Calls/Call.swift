import ACSTypes
import ACSWire

/// A call with its connections: who calls, whom it rings at, who is in it.
struct Call {
  /// How the call is driven by one application: one end of it.
  struct Leg {
    let connectionID: String
    let callbackURI: String
    let operationContext: String?
    /// For whom the end stands.
    let identity: CommunicationIdentifier
    /// Who answered, as told when answering.
    let answeredBy: CommunicationIdentity?
    var isConnected: Bool
    var isMuted = false
  }

  /// Somebody at whom the call rings.
  struct Ring {
    let target: CommunicationIdentifier
    /// What an answer or a rejection has to bring.
    let context: String
  }

  let serverCallID: String
  let correlationID: String
  let source: CommunicationIdentifier
  let sourceDisplayName: String?
  let targets: [CommunicationIdentifier]
  /// When those who did not answer stop ringing (CALLING 5).
  let ringsUntil: Timestamp
  /// The caller's first.
  var legs: [Leg]
  var rings: [Ring]
  /// Counts the changes of who is in the call, from 1.
  var sequence = 0

  /// True once somebody answered.
  var isAnswered: Bool { legs.contains { $0.isConnected } }

  /// How Call Automation tells the connection.
  func properties(of leg: Leg) -> CallConnectionProperties {
    CallConnectionProperties(
      callConnectionID: leg.connectionID, serverCallID: serverCallID,
      targets: targets.map { IdentifierModel($0, writingKind: true) },
      callConnectionState: leg.isConnected ? "connected" : "connecting",
      callbackURI: leg.callbackURI, sourceDisplayName: sourceDisplayName,
      source: IdentifierModel(source, writingKind: true), correlationID: correlationID,
      answeredBy: leg.answeredBy)
  }

  /// Who is in the call now.
  var participants: [CallParticipantModel] {
    legs.filter(\.isConnected).map { leg in
      CallParticipantModel(
        identifier: IdentifierModel(leg.identity, writingKind: true), isMuted: leg.isMuted,
        isOnHold: false)
    }
  }
}

extension CallResultInformation {
  /// A code with its words, in the form recorded (WIRE 7).
  private static func ended(_ code: Int, _ subCode: Int, _ words: String, diagnosed: Int? = nil)
    -> CallResultInformation
  {
    CallResultInformation(
      code: code, subCode: subCode,
      message: "\(words) DiagCode: \(diagnosed ?? code)#\(subCode).@")
  }

  /// Success, as connected calls have it.
  static let success = CallResultInformation(code: 200, subCode: 0, message: "")
  /// The end of a call that stood [recorded].
  static let hungUp = ended(200, 7000, "The conversation has ended.", diagnosed: 0)
  /// The other side declined [recorded].
  static let declined = ended(603, 0, "Decline.")
  /// The other side is busy.
  static let busy = ended(486, 0, "Busy here.")
  /// The other side forbids it.
  static let forbidden = ended(403, 0, "Forbidden.")
  /// The caller gave up while it rang (CALLING 4).
  static let cancelled = ended(487, 0, "Request terminated.")
  /// Nobody answered (CALLING 4).
  static let unanswered = ended(487, 10004, "Request terminated.")
  /// Nobody is there who could answer (CALLING 4).
  static let nobodyThere = ended(480, 10037, "Temporarily unavailable.")
}
