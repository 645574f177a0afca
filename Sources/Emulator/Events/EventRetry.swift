import ACSTypes

/// When an event is tried again, as Event Grid documents it; without the service's jitter, so that it is the same every
/// time.
enum EventRetry {
  /// What becomes of an event after a try.
  enum Outcome: Equatable {
    case delivered
    case again(Timestamp)
    case dead(EventDeath)
  }

  /// The pauses; the last one holds on.
  static let pauses: [Duration] = [
    .seconds(10), .seconds(30), .seconds(60), .seconds(300), .seconds(600), .seconds(1800),
    .seconds(3600), .seconds(3 * 3600), .seconds(6 * 3600), .seconds(12 * 3600),
  ]

  /// What becomes of an event after a number of tries, of which the last was answered by `status`, or not at all for
  /// `nil`.
  static func outcome(
    status: Int?, attempts: Int, options: EventOptions, expiresOn: Timestamp, now: Timestamp
  ) -> Outcome {
    switch status {
    case 200?, 201?, 202?, 203?, 204?: return .delivered
    // What trying again cannot mend.
    case 400?, 401?, 403?, 413?: return .dead(.undeliverable)
    default: break
    }
    if attempts >= options.maxDeliveryAttempts { return .dead(.attempts) }
    var pause = pauses[min(attempts, pauses.count) - 1]
    switch status {
    case 408?: pause = max(pause, .seconds(120))
    case 503?: pause = max(pause, .seconds(30))
    default: break
    }
    return .again(min(now + pause, expiresOn))
  }
}

/// Why an event is tried no more.
enum EventDeath: String {
  case attempts = "MaxDeliveryAttemptsExceeded"
  case age = "TimeToLiveExceeded"
  /// After an answer that trying again cannot mend.
  case undeliverable = "Undeliverable"
}
