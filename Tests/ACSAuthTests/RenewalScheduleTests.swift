import ACSTypes
import Testing

@testable import ACSAuth

@Suite("RenewalSchedule")
struct RenewalScheduleTests {
  /// Seconds from arrival to renewal without and with the most jitter, and to the on-demand limit.
  @Test(
    "a token is renewed 10 min before its end, or at half of a short life; earlier by the jitter",
    arguments: [
      (86_400, 85_800, 85_740, 86_280),
      (3600, 3000, 2940, 3480),
      (1200, 600, 540, 1080),
      (660, 330, 297, 540),
      (240, 120, 108, 120),
      (60, 30, 27, 30),
      (40, 20, 18, 20),
      // Not sooner than 10 s, nor later than the end.
      (20, 10, 10, 10),
      (12, 10, 10, 10),
      (5, 5, 5, 5),
    ])
  func limits(life: Double, latest: Double, earliest: Double, onDemand: Double) {
    let now = Timestamp(seconds: 1_795_000_000)
    func schedule(_ random: UInt64) -> RenewalSchedule {
      RenewalSchedule(expiresOn: now + .seconds(life), now: now, random: random)
    }
    #expect(schedule(0).renewOn - now == .seconds(latest))
    let longest = UInt64(((latest - earliest) * 1000).rounded())
    #expect(schedule(longest).renewOn - now == .seconds(earliest))
    if longest > 0 { #expect(schedule(longest + 1).renewOn - now == .seconds(latest)) }
    #expect(schedule(0).onDemandFrom - now == .seconds(onDemand))
  }

  @Test("a token that has expired already is due at once", arguments: [0, 1, UInt64.max])
  func expired(random: UInt64) {
    let now = Timestamp(seconds: 1_795_000_000)
    let schedule = RenewalSchedule(expiresOn: now - .seconds(60), now: now, random: random)
    #expect(schedule.renewOn == now)
  }

  @Test("no jitter leaves its bounds", arguments: 0..<200)
  func bounds(seed: UInt64) {
    let now = Timestamp(seconds: 1_795_000_000)
    let schedule = RenewalSchedule(
      expiresOn: now + .seconds(86_400), now: now, random: seed &* 0x9E37_79B9_7F4A_7C15)
    #expect((now + .seconds(85_740)...now + .seconds(85_800)).contains(schedule.renewOn))
  }
}
