import ACSTypes

/// When a token is to be renewed, by the limits of the service's public SDKs.
///
/// ```
/// arrives        renewOn                    onDemandFrom    expires
/// |──────────────|──────────────────────────|───────────────|
///        jitter ◂┘◂──── 10 min, or half ────┘◂──── 2 min ──▸┘
/// ```
///
/// Neither comes earlier than ``shortestWait`` after the arrival, so that a token service which always gives nearly
/// expired tokens is not asked in a storm.
struct RenewalSchedule: Hashable, Sendable {
  /// Renewal is due when this much is left: the SDKs' proactive limit.
  static let proactiveLead = Duration.seconds(600)
  /// A request renews the token first when no more than this is left: the SDKs' on-demand limit.
  static let onDemandLead = Duration.seconds(120)
  /// The SDKs renew at their limit to the second.
  ///
  /// Clients that were started together would all ask together, so
  /// ours may ask earlier by up to this much, or a tenth of the wait where that is less; never later.
  static let longestJitter = Duration.seconds(60)

  /// A token serves this long before another is asked for, however short its life is.
  static let shortestWait = Duration.seconds(10)

  /// When the token expires.
  let expiresOn: Timestamp
  /// When it is to be renewed though nobody asks for it.
  let renewOn: Timestamp
  /// From when on a request renews it first.
  let onDemandFrom: Timestamp

  /// The schedule of a token that arrived `now`.
  ///
  /// A token that lives less than twice a limit is renewed at half of what is left, so that one which is always
  /// short-lived is not renewed all the time.
  ///
  /// - Parameters:
  ///   - expiresOn: The end of the token.
  ///   - now: Its arrival.
  ///   - random: Any number, uniform over all; it makes the jitter.
  init(expiresOn: Timestamp, now: Timestamp, random: UInt64) {
    let life = max(.zero, expiresOn - now)
    let wait = life - min(RenewalSchedule.proactiveLead, life / 2)
    let longest = min(RenewalSchedule.longestJitter, wait / 10).wholeMilliseconds
    let jitter = random % UInt64(longest + 1)
    let shortest = min(RenewalSchedule.shortestWait, life)
    self.expiresOn = expiresOn
    renewOn = now + max(wait - .milliseconds(Int64(jitter)), shortest)
    onDemandFrom = max(expiresOn - min(RenewalSchedule.onDemandLead, life / 2), now + shortest)
  }

  /// The schedule of a token that nobody renews: nothing is due before its end.
  init(unrenewed expiresOn: Timestamp) {
    self.expiresOn = expiresOn
    renewOn = expiresOn
    onDemandFrom = expiresOn
  }
}
