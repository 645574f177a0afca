import ACSTypes

/// The calls that ring or stand; kept in memory only, so that a restart ends them.
struct CallTable {
  /// By serverCallId.
  private(set) var calls: [String: Call] = [:]
  /// Answers to requests that may be repeated, by their id.
  var repeatable = RepeatedAnswers()

  private var callOfConnection: [String: String] = [:]
  private var callOfContext: [String: String] = [:]

  /// Keeps a new or changed call; one without connections is forgotten.
  mutating func keep(_ call: Call) {
    if let old = calls[call.serverCallID] {
      for leg in old.legs { callOfConnection[leg.connectionID] = nil }
      for ring in old.rings { callOfContext[ring.context] = nil }
    }
    guard !call.legs.isEmpty else {
      calls[call.serverCallID] = nil
      return
    }
    calls[call.serverCallID] = call
    for leg in call.legs { callOfConnection[leg.connectionID] = call.serverCallID }
    for ring in call.rings { callOfContext[ring.context] = call.serverCallID }
  }

  /// The call and the end of it that a connection is.
  ///
  /// - Throws: ``Refusal`` with status 404 once the call is over.
  func connection(_ id: String) throws(Refusal) -> (call: Call, leg: Int) {
    guard let call = callOfConnection[id].flatMap({ calls[$0] }),
      let leg = call.legs.firstIndex(where: { $0.connectionID == id })
    else {
      throw .callNotFound(
        "There is no call connection \(id): the call is over, or the emulator was started anew.")
    }
    return (call, leg)
  }

  /// The call and the ringing that a context of an IncomingCall event means.
  ///
  /// - Throws: ``Refusal`` with status 404 once it rings no more.
  func ringing(_ context: String) throws(Refusal) -> (call: Call, ring: Int) {
    guard let call = callOfContext[context].flatMap({ calls[$0] }),
      let ring = call.rings.firstIndex(where: { $0.context == context })
    else {
      throw .callNotFound(
        "No call rings with this incomingCallContext: it was answered, declined, cancelled or not "
          + "answered in time.")
    }
    return (call, ring)
  }

  /// When the next ringing ends by itself.
  var nextDeadline: Timestamp? {
    calls.values.lazy.filter { !$0.rings.isEmpty }.map(\.ringsUntil).min()
  }

  /// Calls whose ringing ends at `now`, in the order of their ends.
  func unanswered(at now: Timestamp) -> [Call] {
    calls.values.filter { !$0.rings.isEmpty && $0.ringsUntil <= now }
      .sorted { ($0.ringsUntil, $0.serverCallID) < ($1.ringsUntil, $1.serverCallID) }
  }
}

extension Refusal {
  /// 404 of Call Automation.
  static func callNotFound(_ why: String) -> Refusal {
    Refusal(404, "8522", "Call not found.", why: why)
  }
}
