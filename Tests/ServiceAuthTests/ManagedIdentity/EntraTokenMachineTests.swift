import ACSTypes
import Testing

@testable import ServiceAuth

struct EntraTokenMachineTests {
  static func token(_ text: String, until end: Int64, refresh: Int64? = nil) -> EntraToken {
    EntraToken(
      token: Secret(text), expiresOn: Timestamp(seconds: end),
      refreshOn: refresh.map { Timestamp(seconds: $0) })
  }

  static func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }
  static let down = ServiceAuthError(.unavailable, "down")

  @Test(
    "a token is renewed at half its life, a short one five minutes before its end",
    arguments: [
      (86_400, nil, 43_200), (7200, nil, 3600), (7199, nil, 6899), (3600, nil, 3300),
      (600, nil, 300), (90, nil, 45), (86_400, 1000, 1000),
    ] as [(Int64, Int64?, Int64)])
  func renewal(life: Int64, refresh: Int64?, expected: Int64) {
    let token = EntraTokenMachineTests.token("t", until: life, refresh: refresh)
    let renewOn = EntraTokenMachine.renewOn(token, now: EntraTokenMachineTests.at(0))
    #expect(renewOn == EntraTokenMachineTests.at(expected))
  }

  @Test("one caller fetches, the others wait")
  func singleFlight() {
    var machine = EntraTokenMachine()
    #expect(machine.wanted(now: Self.at(0)) == .fetch)
    #expect(machine.wanted(now: Self.at(0)) == .wait)
    machine.arrived(Self.token("a", until: 3600), now: Self.at(1))
    #expect(machine.wanted(now: Self.at(2)) == .use(Secret("a")))
  }

  @Test("while one caller renews, the others use the old token")
  func renewing() {
    var machine = EntraTokenMachine()
    _ = machine.wanted(now: Self.at(0))
    machine.arrived(Self.token("a", until: 7200), now: Self.at(0))
    #expect(machine.wanted(now: Self.at(3599)) == .use(Secret("a")))
    #expect(machine.wanted(now: Self.at(3600)) == .fetch)
    #expect(machine.wanted(now: Self.at(3600)) == .use(Secret("a")))
    machine.arrived(Self.token("b", until: 10_800), now: Self.at(3601))
    #expect(machine.wanted(now: Self.at(3601)) == .use(Secret("b")))
  }

  @Test("when renewal fails the old token stays in use, with a pause before the next try")
  func failing() {
    var machine = EntraTokenMachine()
    _ = machine.wanted(now: Self.at(0))
    machine.arrived(Self.token("a", until: 7200), now: Self.at(0))
    #expect(machine.wanted(now: Self.at(3600)) == .fetch)
    machine.failed(Self.down, now: Self.at(3600))
    #expect(machine.wanted(now: Self.at(3629)) == .use(Secret("a")))
    #expect(machine.wanted(now: Self.at(3630)) == .fetch)
    machine.failed(Self.down, now: Self.at(7189))
    #expect(machine.wanted(now: Self.at(7189)) == .use(Secret("a")))
    // Ten seconds before its end it counts as expired.
    #expect(machine.wanted(now: Self.at(7190)) == .fail(Self.down))
    #expect(machine.wanted(now: Self.at(7194)) == .fetch)
  }

  @Test("without a token, a failure holds for five seconds")
  func pause() {
    var machine = EntraTokenMachine()
    _ = machine.wanted(now: Self.at(0))
    machine.failed(Self.down, now: Self.at(0))
    #expect(machine.wanted(now: Self.at(4)) == .fail(Self.down))
    #expect(machine.wanted(now: Self.at(5)) == .fetch)
  }

  @Test("a token that has expired on its arrival is a failure, not a storm")
  func expired() {
    var machine = EntraTokenMachine()
    _ = machine.wanted(now: Self.at(100))
    machine.arrived(Self.token("a", until: 105), now: Self.at(100))
    guard case .fail(let error) = machine.wanted(now: Self.at(100)) else {
      Issue.record("an expired token was taken")
      return
    }
    #expect(
      error.message
        == "The identity's token has expired already, or is about to. Check this computer's clock.")
  }

  @Test("a refused token is dropped once, and not again at once")
  func refused() {
    var machine = EntraTokenMachine()
    _ = machine.wanted(now: Self.at(0))
    machine.arrived(Self.token("a", until: 7200), now: Self.at(0))
    #expect(machine.refused(Secret("a"), now: Self.at(10)) == true)
    #expect(machine.wanted(now: Self.at(10)) == .fetch)
    machine.arrived(Self.token("b", until: 7200), now: Self.at(10))
    // Another request had gone out with the old one.
    #expect(machine.refused(Secret("a"), now: Self.at(11)) == true)
    #expect(machine.wanted(now: Self.at(11)) == .use(Secret("b")))
    #expect(machine.refused(Secret("b"), now: Self.at(12)) == false)
    #expect(machine.wanted(now: Self.at(12)) == .use(Secret("b")))
    #expect(machine.refused(Secret("b"), now: Self.at(40)) == true)
  }
}
