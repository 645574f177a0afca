import ACSTypes
import Testing

@testable import ClientModel

/// What users of other clients report of who is in a thread.
@Suite("Pains: membership")
struct MembershipPains {
  private func change(_ version: Int64, by initiator: CommunicationIdentifier? = .bob)
    -> ThreadChange
  {
    ThreadChange(thread: .release, initiator: initiator, changedOn: .start, version: version)
  }

  @Test("null shareHistoryTime and null names: who comes and goes without them comes and goes")
  func nullShareHistoryTimeAndNames() {
    let tester = FlowTester.settled()
    func isThere() -> Bool {
      tester.state.conversations[.release]?.participants.contains { $0.identifier == .carol }
        ?? false
    }
    let carol = ChatParticipant(identifier: .carol, displayName: nil, shareHistoryTime: nil)
    tester.happens(.participantsAdded(change(5, by: nil), [carol]))
    #expect(isThere())
    #expect(!tester.state.name(of: .carol, in: .release).isEmpty)
    tester.happens(.participantsRemoved(change(6, by: nil), [carol]))
    #expect(!isThere())
  }

  @Test("removed from a thread while it is open: it stays readable, says why, and asks no more")
  func removedWhileOpen() {
    let tester = FlowTester.settled(messages: [message(0, "hello")])
    tester.type("half a sen")
    tester.happens(
      .participantsRemoved(change(9), [ChatParticipant(identifier: .alice)]))
    #expect(tester.state.readOnlyReason != nil)
    #expect(tester.texts == ["hello"])
    #expect(tester.state.composer.text == "half a sen")
    tester.press("Enter")
    #expect(tester.state.outbox.waitingCount == 0)
    // The service answers 403 from now on: no request about it, no trouble, however long it is open.
    let asked = tester.pass(.seconds(3600)) { action in
      switch action {
      case .listMessages(.release, _), .listParticipants(.release), .listReceipts(.release):
        .failed(ServiceError(.forbidden, "You are not in this thread."))
      case .listThreads:
        .threads(Page(values: FlowTester.threads.filter { $0.id != .release }))
      default: FlowTester.healthy(action)
      }
    }
    let futile = asked.count { action in
      switch action {
      case .listMessages(.release, _), .listParticipants(.release), .sendReadReceipt(.release, _):
        true
      default: false
      }
    }
    #expect(futile <= 2, "\(futile) requests about a thread that is closed")
    #expect(tester.state.connectionStatus == .live)
    #expect(tester.texts == ["hello"])
  }
}
