import ACSTypes

/// The reasons that the gateway itself gives, by the table of CALLING 4.
extension CallEndReason {
  /// This side left.
  static let endedHere = CallEndReason(code: 0, subCode: 0, message: "The call was left.")
  /// The caller gave up first.
  static let cancelled = CallEndReason(
    code: 487, subCode: 0, message: "The caller cancelled before an answer.")
  /// Another terminal of the same user has the call.
  static let answeredElsewhere = CallEndReason(
    code: 487, subCode: 10003, message: "Answered on another terminal.")
  /// Nobody answered in time.
  static let noAnswer = CallEndReason(code: 487, subCode: 10004, message: "Nobody answered.")
  /// This side declined.
  static let declined = CallEndReason(code: 603, subCode: 0, message: "Declined.")
  /// The terminal was away for too long.
  static let connectionLost = CallEndReason(
    code: 496, subCode: 7, message: "The terminal lost its connection.")
  /// The service took the answer and never put the call through.
  static let setUpFailed = CallEndReason(
    code: 408, subCode: 10057, message: "The call could not be set up in time.")
  /// The trusted service stops.
  static let gatewayStopped = CallEndReason(
    code: 500, subCode: 0, message: "The call gateway was stopped.")

  /// A command for a call that nobody here has.
  static let noSuchCall = CallEndReason(code: 404, subCode: 0, message: "There is no such call.")
  /// Accept of a call that does not ring.
  static let acceptNeedsRinging = CallEndReason(
    code: 400, subCode: 41006, message: "Only a ringing call can be accepted.")
  /// Reject of a call that does not ring.
  static let rejectNeedsRinging = CallEndReason(
    code: 400, subCode: 41007, message: "Only a ringing call can be rejected.")
  /// Mute outside a connected call.
  static let muteNeedsConnected = CallEndReason(
    code: 400, subCode: 41071, message: "Muting needs a connected call.")
  /// A target that this gateway cannot call.
  static let nobodyThere = CallEndReason(
    code: 480, subCode: 10037, message: "Nobody can be called under that id.")
  /// A token whose scopes do not let its user start calls.
  static let mayNotStart = CallEndReason(
    code: 403, subCode: 0, message: "The token's scopes do not allow to start calls.")
  /// A request id that stood for another command before.
  static let requestIDUsed = CallEndReason(
    code: 400, subCode: 0, message: "The request id was used for another command.")

  /// What a failed request to Call Automation means for the call.
  init(_ error: ServiceError) {
    switch error.code {
    case .unreachable, .timedOut, .certificateRefused:
      self.init(code: 503, subCode: 0, message: error.message)
    case .notFound: self.init(code: 404, subCode: 0, message: error.message)
    case .refused: self.init(code: error.status ?? 400, subCode: 0, message: error.message)
    default: self.init(code: 500, subCode: 0, message: error.message)
    }
  }
}

extension ServiceError {
  /// True when trying again cannot help: the service knows no such call, or not in that state.
  var isFinalForCall: Bool { code == .notFound || code == .refused }
}
