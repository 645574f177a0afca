public import ACSTypes
public import ACSWire

/// How one asking for a token went, for people and for programs.
public struct TokenReport: Sendable {
  /// What came of it, by what a program tells its caller.
  public enum Outcome: Hashable, Sendable {
    /// A usable token came.
    case usable
    /// A token came that has expired.
    case expired
    /// The token service did not let the user in.
    case notPermitted
    /// The token service answered, and not with a token.
    case badAnswer
    /// The token service did not answer as it should.
    case unavailable
    /// The settings cannot work.
    case badSettings

    /// What an error means that stopped a sign-in.
    public init(_ error: ServiceError) {
      self =
        switch error.code {
        case .badSettings: .badSettings
        case .unauthenticated, .forbidden, .authFailed, .signInNeeded: .notPermitted
        case .badAnswer: .badAnswer
        default: .unavailable
        }
    }
  }

  /// The steps in order, each ended.
  public var steps: [TokenFlowStep]
  /// The token, or why there is none.
  public var result: Result<UserAccessToken, ServiceError>
  /// When a client would renew the token; `nil` without a usable one.
  public var renewOn: Timestamp?
  /// When the token came.
  public var now: Timestamp

  /// What came of it.
  public var outcome: Outcome {
    switch result {
    case .success: renewOn == nil ? .expired : .usable
    case .failure(let error): Outcome(error)
    }
  }

  /// The whole in a sentence.
  public var summary: String {
    switch result {
    case .success(let token):
      let end = token.effectiveExpiry
      guard let renewOn else {
        return """
          The token expired \((now - end).words) ago. Check this computer's clock and whether the token service keeps \
          old tokens.
          """
      }
      let identity = Excerpt(token.identity.rawID, limit: 200).text
      guard renewOn < end else {
        return "The token of \(identity) is good for \((end - now).words); nobody renews it."
      }
      return """
        The token of \(identity) is good for \((end - now).words); a client renews it in \((renewOn - now).words).
        """
    case .failure(let error): return error.message
    }
  }

  /// A step as lines: what was done, what was learnt, whether it failed; why is for ``summary`` to say.
  public static func lines(of step: TokenFlowStep) -> [String] {
    var lines = [Excerpt(step.title, limit: 300).text]
    lines += step.details.map { "  \(DetailLine($0).text)" }
    var end: [String] = []
    if let status = step.status { end.append("status \(status)") }
    if let took = step.took, [.request, .login].contains(step.kind) {
      end.append("took \(took.words)")
    }
    if !end.isEmpty { lines.append("  \(end.joined(separator: ", "))") }
    if case .failed = step.outcome { lines.append("  failed") }
    return lines
  }

  /// The same for programs.
  ///
  /// - Parameter showingToken: Adds the token's text.
  /// - Returns: An object with `steps`, and either what is known of the token or `error`.
  public func json(showingToken: Bool) -> JSONValue {
    var object: JSONObject = ["steps": .array(steps.map(TokenReport.json))]
    switch result {
    case .success(let token):
      object["identity"] = .string(token.identity.rawID)
      object["scopes"] = .array((token.claims?.scopes ?? []).map { .string($0.rawValue) })
      object["issuedOn"] = .string(ifAny: token.claims?.issuedOn?.iso8601)
      object["expiresOn"] = .string(token.effectiveExpiry.iso8601)
      object["lifeLeftSeconds"] = .integer((token.effectiveExpiry - now).components.seconds)
      object["isExpired"] = .bool(renewOn == nil)
      object["renewOn"] = .string(ifAny: renewOn?.iso8601)
      if showingToken { object["token"] = .string(token.token.reveal()) }
    case .failure(let error):
      object["error"] = [
        "code": .string(error.code.rawValue), "message": .string(error.message),
        "status": error.status.map { .integer(Int64($0)) } ?? .null,
      ]
    }
    return .object(object)
  }

  /// A step for programs.
  static func json(_ step: TokenFlowStep) -> JSONValue {
    var object: JSONObject = [
      "kind": .string("\(step.kind)"), "title": .string(step.title),
      "status": step.status.map { .integer(Int64($0)) } ?? .null,
      "startedOn": .string(step.startedOn.iso8601WithMilliseconds),
      "tookMilliseconds": step.took.map { .integer($0.wholeMilliseconds) } ?? .null,
      "details": .array(step.details.map { .string($0) }),
      "succeeded": .bool(step.outcome == .succeeded),
    ]
    if case .failed(let reason) = step.outcome { object["failure"] = .string(reason) }
    return .object(object)
  }
}
