public import ACSTypes
public import ACSWire

extension TokenWatch.Event {
  /// The event for people, a line each; the first begins with the time.
  public func lines(now: Timestamp) -> [String] {
    let lines: [String]
    switch self {
    case .step(let step): lines = TokenReport.lines(of: step)
    case .token(let session):
      let identity = Excerpt(session.identity.rawID, limit: 200).text
      let isRenewed = session.renewOn < session.expiresOn
      lines = [
        "Token of \(identity)", "  life left      \((session.expiresOn - now).words)",
        isRenewed
          ? "  next renewal   in \((session.renewOn - now).words), \(session.renewOn.iso8601)"
          : "  next renewal   by nobody",
      ]
    case .failed(let error, let delay):
      let next = delay.map { "  next try       in \($0.words)" } ?? "  no further try"
      lines = ["No token: \(error.message)", next]
    }
    let time = now.iso8601.dropFirst(11).prefix(8)
    return ["\(time) \(lines[0])"] + lines.dropFirst()
  }

  /// The event for programs: `event` says which it is.
  ///
  /// The members of a step are those of a ``TokenReport``.
  public func json(now: Timestamp) -> JSONValue {
    var object: JSONObject = ["event": .string(name), "at": .string(now.iso8601WithMilliseconds)]
    switch self {
    case .step(let step):
      for member in TokenReport.json(step).object?.members ?? [] {
        object[member.name] = member.value
      }
    case .token(let session):
      object["identity"] = .string(session.identity.rawID)
      object["scopes"] = .array(session.scopes.map { .string($0.rawValue) })
      object["expiresOn"] = .string(session.expiresOn.iso8601)
      object["lifeLeftSeconds"] = .integer((session.expiresOn - now).components.seconds)
      object["renewOn"] = .string(session.renewOn.iso8601)
    case .failed(let error, let delay):
      object["error"] = [
        "code": .string(error.code.rawValue), "message": .string(error.message),
        "status": error.status.map { .integer(Int64($0)) } ?? .null,
      ]
      object["retryAfterSeconds"] = delay.map { .integer($0.components.seconds) } ?? .null
    }
    return .object(object)
  }

  private var name: String {
    switch self {
    case .step: "step"
    case .token: "token"
    case .failed: "failed"
    }
  }
}
