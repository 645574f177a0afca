import ACSTypes

/// What becomes of one request on its way.
enum Fate: Sendable {
  /// How its answer comes back.
  enum End: Hashable, Sendable {
    case whole
    /// It never comes.
    case lost
    /// The connection breaks before it came.
    case broken
    /// Somebody on the way answers in its place.
    case failing(status: Int)
  }

  /// Nothing passes.
  case offline
  /// It never arrives.
  case lostRequest
  /// The connection breaks before it arrives.
  case brokenBefore
  /// It is answered on the way.
  case refused(HTTPResponse)
  /// It arrives so much later.
  case delivered(delay: Duration, isTwice: Bool, end: End)

  /// Throws the dice.
  init(_ weather: Weather, _ dice: Dice) {
    if weather.isOffline {
      self = .offline
    } else if dice.strikes(weather.lostRequests) {
      self = .lostRequest
    } else if dice.strikes(weather.throttled) {
      self = .refused(
        HTTPResponse(status: 429, headers: ["Retry-After": String(dice.number(in: 1...20))]))
    } else if dice.strikes(weather.broken) {
      self = dice.strikes(0.5) ? .brokenBefore : Fate.delivered(weather, dice, .broken)
    } else if dice.strikes(weather.failing) {
      let status = [500, 502, 503][dice.number(in: 0...2)]
      self =
        dice.strikes(0.5)
        ? .refused(HTTPResponse(status: status))
        : Fate.delivered(weather, dice, .failing(status: status))
    } else if dice.strikes(weather.lostAnswers) {
      self = Fate.delivered(weather, dice, .lost)
    } else {
      self = Fate.delivered(weather, dice, .whole)
    }
  }

  /// What a fault makes of a request on a day on which nothing else goes wrong.
  ///
  /// `old` is the first good answer that such a request had, if there was one.
  init(_ fault: FaultRule.Effect, old: HTTPResponse?) {
    switch fault {
    case .repeatsOldAnswers:
      self = old.map { .refused($0) } ?? .delivered(delay: .zero, isTwice: false, end: .whole)
    case .answers(let status, let retryAfter):
      var response = HTTPResponse(status: status)
      if let retryAfter {
        response.headers["Retry-After"] = String(retryAfter.components.seconds)
      }
      self = .refused(response)
    case .isDown: self = .offline
    case .isSlow(let delay): self = .delivered(delay: delay, isTwice: false, end: .whole)
    case .losesRequests: self = .lostRequest
    case .losesAnswers: self = .delivered(delay: .zero, isTwice: false, end: .lost)
    case .resets: self = .delivered(delay: .zero, isTwice: false, end: .broken)
    case .duplicates: self = .delivered(delay: .zero, isTwice: true, end: .whole)
    case .fallsSilent: self = .delivered(delay: .zero, isTwice: false, end: .whole)
    }
  }

  private static func delivered(_ weather: Weather, _ dice: Dice, _ end: End) -> Fate {
    let isLate = dice.strikes(weather.late)
    return .delivered(
      delay: isLate ? dice.time(in: .zero...weather.delay) : .zero,
      isTwice: dice.strikes(weather.duplicates), end: end)
  }
}

extension Fate: CustomStringConvertible {
  var description: String {
    switch self {
    case .offline: "offline"
    case .lostRequest: "is lost"
    case .brokenBefore: "breaks"
    case .refused(let response): "is refused \(response.status)"
    case .delivered(let delay, let isTwice, let end):
      "arrives\(isTwice ? " twice" : "")\(delay > .zero ? " late by \(delay)" : "")"
        + (end == .whole ? "" : ", its answer is \(end)")
    }
  }
}
