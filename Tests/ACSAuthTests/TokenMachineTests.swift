import ACSTypes
import Testing

@testable import ACSAuth

@Suite("TokenMachine")
struct TokenMachineTests {
  static let start = Timestamp(seconds: 1_795_000_000)

  private func at(_ seconds: Int) -> Timestamp { TokenMachineTests.start + .seconds(seconds) }

  private func token(_ text: String, expires seconds: Int) -> UserAccessToken {
    UserAccessToken(
      token: Secret(text), expiresOn: at(seconds),
      identity: CommunicationIdentifier(rawID: "8:acs:alice"), claims: nil)
  }

  private let down = ServiceError(.unreachable, "The token service is down.")

  @Test("two callers share one fetch")
  func sharedFetch() {
    var machine = TokenMachine()
    #expect(machine.wanted(now: at(0)) == .fetch)
    #expect(machine.wanted(now: at(1)) == .wait)
    #expect(machine.renewalWanted() == .wait)
    let first = token("a", expires: 3600)
    #expect(machine.arrived(first, now: at(2), random: 0) == .use(first))
    #expect(machine.wanted(now: at(3)) == .use(first))
  }

  /// One character a minute of a one-hour token: what a request is told.
  ///
  /// `u` use, `f` fetch, `F` fetch with the token dead. The fetches all fail.
  @Test("a request renews a token with less than 2 min left, and the old one serves while it lives")
  func timeline() {
    var machine = TokenMachine()
    _ = machine.wanted(now: at(0))
    let held = token("a", expires: 3600)
    _ = machine.arrived(held, now: at(0), random: 0)
    var row = ""
    for minute in 50..<64 {
      let now = at(minute * 60)
      switch machine.wanted(now: now) {
      case .use: row += "u"
      case .fetch:
        #expect(machine.failed(down, now: now) == .fail(down))
        switch machine.wanted(now: now) {
        case .use(held): row += "f"
        case .fail(down): row += "F"
        default: row += "?"
        }
      default: row += "?"
      }
    }
    //               50      58 60
    #expect(row == "uuuuuuuuffFFFF")
  }

  @Test("while a proactive renewal runs, requests use the old token")
  func renewalInBackground() {
    var machine = TokenMachine()
    _ = machine.wanted(now: at(0))
    let old = token("a", expires: 3600)
    _ = machine.arrived(old, now: at(0), random: 0)
    #expect(machine.current?.renewOn == at(3000))
    #expect(machine.renewalWanted() == .fetch)
    #expect(machine.wanted(now: at(3000)) == .use(old))
    #expect(machine.wanted(now: at(3550)) == .use(old))
    #expect(machine.wanted(now: at(3600)) == .wait)
    let new = token("b", expires: 7200)
    #expect(machine.arrived(new, now: at(3601), random: 0) == .use(new))
    #expect(machine.wanted(now: at(3601)) == .use(new))
  }

  @Test(
    "after a failed fetch, requests fail without another for 5, 10, 20, 40, 60, 60 s; renewals are not held up"
  )
  func pause() {
    var machine = TokenMachine()
    var now = 0
    for pause in [5, 10, 20, 40, 60, 60] {
      #expect(machine.wanted(now: at(now)) == .fetch)
      #expect(machine.failed(down, now: at(now)) == .fail(down))
      #expect(machine.wanted(now: at(now + pause - 1)) == .fail(down))
      now += pause
    }
    #expect(machine.renewalWanted() == .fetch)
    let token = token("a", expires: 3600)
    #expect(machine.arrived(token, now: at(now), random: 0) == .use(token))
    _ = machine.renewalWanted()
    _ = machine.failed(down, now: at(3600))
    #expect(machine.wanted(now: at(3604)) == .fail(down))
    #expect(machine.wanted(now: at(3605)) == .fetch)
  }

  @Test("a token service that gives expired tokens is asked three times")
  func expiredTokens() {
    var machine = TokenMachine()
    #expect(machine.wanted(now: at(0)) == .fetch)
    let stale = token("a", expires: -3600)
    #expect(machine.arrived(stale, now: at(0), random: 0) == .fetch)
    #expect(machine.arrived(stale, now: at(1), random: 0) == .fetch)
    let error = ServiceError(
      .authFailed,
      """
      The token service gave 3 tokens in a row that expired 1 h ago. Check this computer's clock and whether the \
      token service keeps old tokens.
      """)
    #expect(machine.arrived(stale, now: at(2), random: 0) == .fail(error))
    #expect(machine.wanted(now: at(3)) == .fail(error))
    #expect(machine.wanted(now: at(7)) == .fetch)
  }

  @Test("a token with less than 10 s of life counts as expired, one with 10 s serves that long")
  func nearlyExpired() {
    var machine = TokenMachine()
    _ = machine.wanted(now: at(0))
    #expect(machine.arrived(token("a", expires: 9), now: at(0), random: 0) == .fetch)
    let short = token("b", expires: 10)
    #expect(machine.arrived(short, now: at(0), random: 0) == .use(short))
    #expect(machine.current?.renewOn == at(10))
    #expect(machine.wanted(now: at(9)) == .use(short))
    #expect(machine.wanted(now: at(10)) == .fetch)
  }

  @Test("a token service that hands a token out until its end is asked again after that end")
  func keptToTheEnd() {
    var machine = TokenMachine()
    _ = machine.wanted(now: at(0))
    let old = token("a", expires: 6)
    for _ in 0..<2 { #expect(machine.arrived(old, now: at(0), random: 0) == .fetch) }
    guard case .fail(let error) = machine.arrived(old, now: at(0), random: 0) else {
      Issue.record("the third is not final")
      return
    }
    #expect(error.code == .authFailed && error.retryAfter == .seconds(7))
    #expect(error.message.contains("3 tokens in a row about to expire."))
  }

  @Test(
    "the one token of a source that renews nothing serves to its end, and then is told to have ended"
  )
  func given() {
    var machine = TokenMachine(isRenewable: false)
    #expect(machine.wanted(now: at(0)) == .fetch)
    let only = token("a", expires: 3600)
    #expect(machine.arrived(only, now: at(0), random: 7) == .use(only))
    #expect(machine.current?.renewOn == at(3600))
    #expect(machine.wanted(now: at(3599)) == .use(only))
    #expect(machine.wanted(now: at(3600)) == .fetch)
    let ended = ServiceError(
      .signInNeeded,
      "The token ended \(at(3600).iso8601), and nobody renews it. Put another one in its place.")
    #expect(machine.arrived(only, now: at(3600), random: 0) == .fail(ended))
    #expect(machine.wanted(now: at(3601)) == .fail(ended))
    // Somebody put another one there.
    #expect(machine.renewalWanted() == .fetch)
    let next = token("b", expires: 7200)
    #expect(machine.arrived(next, now: at(3700), random: 0) == .use(next))
  }

  @Test("the one token is asked for once more when the service refuses it, and not three times")
  func givenAndRefused() {
    var machine = TokenMachine(isRenewable: false)
    _ = machine.wanted(now: at(0))
    let only = token("a", expires: 3600)
    _ = machine.arrived(only, now: at(0), random: 0)
    #expect(machine.refused(only.token, now: at(1)) == .fetch)
    guard case .fail(let error) = machine.arrived(only, now: at(1), random: 0) else {
      Issue.record("the refused token is used again")
      return
    }
    #expect(error.code == .signInNeeded && error.status == 401)
    #expect(machine.wanted(now: at(2)) == .fail(error))
    // Whoever asks on purpose gets it tried again.
    #expect(machine.renewalWanted() == .fetch)
    #expect(machine.arrived(only, now: at(3), random: 0) == .use(only))
  }

  @Test("what the token says of its end counts more than the token service's word")
  func claimsWin() {
    var machine = TokenMachine()
    _ = machine.wanted(now: at(0))
    var lying = token("a", expires: 86_400)
    lying.claims = TokenClaims(
      identity: nil, scopes: [], issuedOn: nil, expiresOn: at(-1), resourceID: nil)
    #expect(machine.arrived(lying, now: at(0), random: 0) == .fetch)
  }

  @Test("the service refuses one fresh token after the other: three are fetched, then no more")
  func refusedTokens() {
    var machine = TokenMachine()
    _ = machine.wanted(now: at(0))
    _ = machine.arrived(token("0", expires: 3600), now: at(0), random: 0)
    for round in 0..<3 {
      #expect(machine.refused(Secret("\(round)"), now: at(1)) == .fetch)
      _ = machine.arrived(token("\(round + 1)", expires: 3600), now: at(1), random: 0)
    }
    guard case .fail(let error) = machine.refused(Secret("3"), now: at(1)) else {
      Issue.record("the fourth refusal is not final")
      return
    }
    #expect(error.code == .authFailed)
    #expect(
      error.message == """
        The service refused 3 fresh tokens in a row. Check that the token service and the endpoint belong to the same \
        resource.
        """)
    machine.accepted(Secret("3"))
    #expect(machine.refused(Secret("3"), now: at(2)) == .fetch)
  }

  @Test("a refused token that was replaced meanwhile costs no fetch")
  func refusedOldToken() {
    var machine = TokenMachine()
    _ = machine.wanted(now: at(0))
    let new = token("b", expires: 3600)
    _ = machine.arrived(new, now: at(0), random: 0)
    #expect(machine.refused(Secret("a"), now: at(1)) == .use(new))
  }

  @Test("a token that is refused while a renewal runs is not used again")
  func refusedDuringRenewal() {
    var machine = TokenMachine()
    _ = machine.wanted(now: at(0))
    _ = machine.arrived(token("a", expires: 3600), now: at(0), random: 0)
    #expect(machine.renewalWanted() == .fetch)
    #expect(machine.refused(Secret("a"), now: at(1)) == .wait)
    #expect(machine.wanted(now: at(1)) == .wait)
  }

  @Test("many refusals of one token while its renewal fails cost one fetch")
  func lateRefusals() {
    var machine = TokenMachine()
    _ = machine.wanted(now: at(0))
    _ = machine.arrived(token("a", expires: 3600), now: at(0), random: 0)
    #expect(machine.refused(Secret("a"), now: at(1)) == .fetch)
    _ = machine.failed(down, now: at(1))
    for _ in 0..<5 { #expect(machine.refused(Secret("a"), now: at(2)) == .fail(down)) }
  }

  @Test("a fetch that was called off leaves things as they were")
  func calledOff() {
    var machine = TokenMachine()
    _ = machine.wanted(now: at(0))
    machine.calledOff()
    #expect(machine.wanted(now: at(0)) == .fetch)
    let held = token("a", expires: 3600)
    _ = machine.arrived(held, now: at(0), random: 0)
    _ = machine.renewalWanted()
    machine.calledOff()
    #expect(machine.wanted(now: at(1)) == .use(held))
  }
}
