import ACSTypes

/// What goes wrong with one request: an answer can come late, and be spoilt.
struct Mishap {
  private let latency: Fault?
  private let spoiler: Fault?

  /// What is switched on for a request, used once by it.
  init?(of request: HTTPRequest, in faults: FaultTable, now: Timestamp) {
    latency = faults.take(now: now) { fault in
      fault.kind.isLatency && fault.scope.covers(request)
    }
    spoiler = faults.take(now: now) { fault in
      fault.kind.occasion == .request && !fault.kind.isLatency && fault.scope.covers(request)
    }
    if latency == nil, spoiler == nil { return nil }
  }

  /// Ends the request before anything is done for it, where the fault says so.
  ///
  /// - Throws: ``Refusal``.
  func strike() throws(Refusal) {
    guard let spoiler, !spoiler.isApplied else { return }
    switch spoiler.kind {
    case .status, .refuseRegistration: throw Refusal(spoiler)
    case .reset: throw Refusal(503, "ConnectionReset", nil, why: Mishap.reason(spoiler))
    default: return
    }
  }

  /// True when the answer is the fault's, not the operation's.
  private var answersInPlace: Bool {
    [.status, .refuseRegistration, .reset].contains(spoiler?.kind)
  }

  /// Spoils the reply, which lacks the headers that every answer has.
  func spoil(_ reply: inout EmulatorReply, plane: Plane) {
    var disturbance = Disturbance()
    if let latency { disturbance.delay = latency.time }
    switch spoiler?.kind {
    case .status, .refuseRegistration:
      if let spoiler, spoiler.isApplied {
        reply.response = HTTPResponse(Refusal(spoiler), plane: plane)
        reply.unsigned = nil
      }
    case .reset: disturbance.ending = .reset
    case .truncate, .stall:
      let silence = spoiler?.kind == .stall ? spoiler?.time ?? .zero : .zero
      disturbance.ending = .truncated(bytes: spoiler?.bytes, silence: silence)
    default: break
    }
    if disturbance != Disturbance() { reply.disturbance = disturbance }
    // What is wrong with the request itself stays to be read.
    let own = answersInPlace ? nil : reply.response.headers["X-Confab-Why"]
    let reasons = [own] + [latency, spoiler].map { $0.map(Mishap.reason) }
    reply.response.headers["X-Confab-Why"] = headerText(
      reasons.compactMap(\.self).joined(separator: " "))
  }

  /// Names the fault.
  private static func reason(_ fault: Fault) -> String {
    "The fault \(fault.id) (\(fault.words)) is switched on: confab emulator fault clear \(fault.id)."
  }
}

extension Refusal {
  /// What a fault answers.
  fileprivate init(_ fault: Fault) {
    let (code, message) = Refusal.usual(fault.status)
    self.init(fault.status, fault.code ?? code, message)
    retryAfter = fault.retryAfter
  }

  /// The service's words for a status.
  private static func usual(_ status: Int) -> (code: String, message: String) {
    switch status {
    case 400: ("BadRequest", "The request is not valid.")
    case 401: ("Unauthorized", "The access token is not accepted.")
    case 403: ("Forbidden", "The operation is not allowed.")
    case 404: ("NotFound", "The resource does not exist.")
    case 408: ("RequestTimeout", "The request took too long.")
    case 409: ("Conflict", "The request conflicts with the state of the resource.")
    case 412: ("PreconditionFailed", "A condition of the request is not met.")
    case 429: ("TooManyRequests", "Rate limit is exceeded. Try again later.")
    case 500: ("InternalServerError", "The service failed.")
    case 502: ("BadGateway", "The service's gateway got no proper answer.")
    case 503: ("ServiceUnavailable", "The service is unavailable. Try again later.")
    case 504: ("GatewayTimeout", "The service's gateway got no answer in time.")
    default: ("Error\(status)", "The service answers \(status).")
    }
  }
}
