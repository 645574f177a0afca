import ACSTypes
import Testing

@testable import confab_demo

@Suite("Calls that ring at Bob's")
struct RingingCallsTests {
  private let now = Timestamp(milliseconds: 10_000)
  private let call = CallID("c1")

  private var ringing: RingingCalls {
    var calls = RingingCalls()
    calls.heard(.incoming(callID: call, from: .alice, displayName: "Alice"), now: now)
    return calls
  }

  @Test("a call is picked up once, after two seconds")
  func pickedUpOnce() {
    var calls = ringing
    #expect(calls.nextDue == Timestamp(milliseconds: 12_000))
    let taken = [11_999, 12_000, 12_001].map { calls.pickUp(now: Timestamp(milliseconds: $0)) }
    #expect(taken == [[], [call], []])
    #expect(calls.nextDue == nil)
  }

  @Test("that it rings is no news")
  func stillRings() {
    var calls = ringing
    calls.heard(.state(callID: call, state: .ringing, reason: nil), now: now + .seconds(1))
    #expect(calls.nextDue == Timestamp(milliseconds: 12_000))
  }

  @Test(
    "a call that went on without Bob is let be", arguments: [CallState.disconnected, .connected])
  func gone(state: CallState) {
    var calls = ringing
    calls.heard(.state(callID: call, state: state, reason: nil), now: now + .seconds(1))
    #expect(calls.nextDue == nil)
  }

  @Test("without the gateway nothing rings")
  func gatewayLost() {
    var calls = ringing
    calls.lost()
    #expect(calls.nextDue == nil)
  }
}
