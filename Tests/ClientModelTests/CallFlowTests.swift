import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

@Suite("Calls")
struct CallFlowTests {
  private let bob = Person(identifier: .bob, displayName: "Bob")
  private let id = CallID("call-1")

  private func isCommand(_ action: Effect.Action) -> Bool {
    if case .command = action { true } else { false }
  }

  @Test("the table holds the documented changes and nothing leaves the end")
  func table() {
    #expect(CallTransitions.isLegal(from: .none, to: .connecting))
    #expect(CallTransitions.isLegal(from: .localHold, to: .remoteHold))
    #expect(!CallTransitions.isLegal(from: .connected, to: .ringing))
    #expect(!CallTransitions.isLegal(from: .connected, to: .none))
    for state in CallState.allCases {
      #expect(!CallTransitions.isLegal(from: .disconnected, to: state))
      #expect(CallTransitions.isLegal(from: state, to: .disconnected) == (state != .disconnected))
    }
    #expect(Set(CallTransitions.table).count == CallTransitions.table.count)
  }

  @Test("an outgoing call: started, ringing, connected, muted, hung up, ended with its reason")
  func outgoing() {
    let tester = FlowTester.signedIn()
    tester.press("M-c")
    guard let call = tester.state.calls.current else {
      Issue.record("no call")
      return
    }
    #expect(call.state == .connecting && call.peer == bob)
    tester.settle(
      where: {
        $0
          == .command(
            .start(requestID: call.requestID, target: .bob, threadID: .release))
      }, .done)
    tester.step(.signalled(.accepted(requestID: call.requestID, callID: id)))
    tester.step(.signalled(.state(callID: id, state: .ringing, reason: nil)))
    tester.wait(.seconds(4))
    tester.step(.signalled(.state(callID: id, state: .connected, reason: nil)))
    #expect(tester.state.calls.current?.connectedOn == tester.now)
    tester.press("M-m")
    #expect(tester.state.calls.current?.mute == .pending(wanted: true))
    let me = CallParticipant(identifier: .alice, displayName: "Alice", isMuted: true)
    tester.step(.signalled(.roster(callID: id, version: 1, participants: [me])))
    #expect(tester.state.calls.current?.mute == .on)
    tester.press("M-h")
    #expect(tester.state.calls.current == nil)
    #expect(tester.state.calls.calls.first?.state == .disconnecting)
    let reason = CallEndReason(code: 0, subCode: 0)
    tester.step(.signalled(.state(callID: id, state: .disconnected, reason: reason)))
    #expect(tester.state.calls.calls.first?.endReason == reason)
    #expect(tester.state.calls.calls.first?.anomalies == [])
  }

  @Test("an incoming call rings, is answered and ended by the other side")
  func incoming() {
    let tester = FlowTester.signedIn()
    tester.take(
      .signalled(.incoming(callID: id, from: .bob, displayName: "Bob")), effects: [.ring]
    ) {
      $0.calls.ringing = [IncomingCall(id: id, caller: bob, arrivedOn: .start)]
    }
    tester.press("M-a")
    #expect(tester.state.calls.ringing == [])
    #expect(tester.state.calls.current?.state == .connecting)
    tester.step(.signalled(.state(callID: id, state: .connected, reason: nil)))
    let reason = CallEndReason(code: 200, subCode: 7000)
    tester.step(.signalled(.state(callID: id, state: .disconnected, reason: reason)))
    #expect(tester.state.calls.calls.first?.endReason == reason)
  }

  @Test("declining is final here at once and stands in the list")
  func decline() {
    let tester = FlowTester.signedIn()
    tester.step(.signalled(.incoming(callID: id, from: .bob, displayName: "Bob")))
    tester.press("M-h")
    #expect(tester.state.calls.ringing == [])
    #expect(tester.state.calls.calls.first?.endReason?.code == 603)
    #expect(tester.state.ledger.ids(where: isCommand).count == 1)
  }

  @Test("a caller who gives up leaves a missed call with the reason")
  func missed() {
    let tester = FlowTester.signedIn()
    tester.step(.signalled(.incoming(callID: id, from: .bob, displayName: "Bob")))
    let reason = CallEndReason(code: 487, subCode: 0)
    tester.step(.signalled(.state(callID: id, state: .disconnected, reason: reason)))
    #expect(tester.state.calls.ringing == [])
    #expect(tester.state.calls.calls.first?.endReason == reason)
  }

  @Test("hanging up before the gateway gave an id cancels the call as soon as it does")
  func earlyHangUp() {
    let tester = FlowTester.signedIn()
    tester.press("M-c", "M-h")
    guard let call = tester.state.calls.calls.first else {
      Issue.record("no call")
      return
    }
    let effects = tester.step(.signalled(.accepted(requestID: call.requestID, callID: id)))
    guard case .command(.hangUp(_, let hungUp)) = effects.first else {
      Issue.record("no hang-up")
      return
    }
    #expect(hungUp == id)
  }

  @Test("a hang-up that nobody confirms is over after 10 s")
  func unconfirmedHangUp() {
    let tester = FlowTester.signedIn()
    tester.press("M-c", "M-h")
    tester.wait(.seconds(10))
    tester.step(.clockAdvanced)
    #expect(tester.state.calls.calls.first?.state == .disconnected)
  }

  @Test("an illegal change is noted and changes nothing; a late one after the end is ignored")
  func anomalies() {
    let tester = FlowTester.signedIn()
    tester.step(.signalled(.incoming(callID: id, from: .bob, displayName: "Bob")))
    tester.press("M-a")
    tester.step(.signalled(.state(callID: id, state: .connected, reason: nil)))
    tester.step(.signalled(.state(callID: id, state: .ringing, reason: nil)))
    #expect(tester.state.calls.current?.state == .connected)
    #expect(tester.state.calls.current?.anomalies == ["connected → ringing"])
    tester.press("M-h")
    tester.step(.signalled(.state(callID: id, state: .connected, reason: nil)))
    #expect(tester.state.calls.calls.first?.state == .disconnecting)
    #expect(tester.state.calls.calls.first?.anomalies.count == 1)
  }

  @Test("a refused start ends the call with the gateway's reason")
  func refused() {
    let tester = FlowTester.signedIn()
    tester.press("M-c")
    guard let call = tester.state.calls.current else {
      Issue.record("no call")
      return
    }
    let reason = CallEndReason(code: 480, subCode: 10037)
    tester.step(.signalled(.refused(requestID: call.requestID, reason: reason)))
    #expect(tester.state.calls.calls.first?.endReason == reason)
    #expect(tester.state.calls.current == nil)
  }

  @Test("a call that a run before this one began is taken over, with its peer from the roster")
  func adopted() {
    let tester = FlowTester.signedIn()
    tester.step(.signalled(.state(callID: id, state: .connected, reason: nil)))
    #expect(tester.state.calls.current?.state == .connected)
    let people = [
      CallParticipant(identifier: .alice, displayName: "Alice", isMuted: false),
      CallParticipant(identifier: .bob, displayName: "Bob", isMuted: false),
    ]
    tester.step(.signalled(.roster(callID: id, version: 3, participants: people)))
    #expect(tester.state.calls.current?.peer == bob)
    tester.press("M-h")
    #expect(tester.state.ledger.ids(where: isCommand).count == 1)
    // The end of a call that is not known is no call.
    tester.step(
      .signalled(.state(callID: CallID("old"), state: .disconnected, reason: nil)))
    #expect(tester.state.calls.calls.count == 1)
  }

  @Test("without a gateway a call is refused in words")
  func noGateway() {
    let tester = FlowTester.signedIn(gateway: false)
    tester.press("M-c")
    #expect(tester.state.calls.calls.isEmpty)
    #expect(tester.state.calls.gateway == .unsupported)
    #expect(tester.state.notice != nil)
  }

  @Test("a lost gateway is tried again")
  func gatewayLost() {
    let tester = FlowTester.signedIn()
    tester.settle(
      where: { $0 == .openGateway }, .failed(ServiceError(.unreachable, "Gone.")))
    guard case .failed(let problem) = tester.state.calls.gateway else {
      Issue.record("not failed")
      return
    }
    tester.wait((problem.retryOn ?? tester.now) - tester.now)
    #expect(tester.step(.clockAdvanced).contains(.openGateway))
  }
}
