import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

@Suite("What the status and the notices say")
struct StatusFlowTests {
  private static let history = StoredHistory(
    threads: FlowTester.threads.map { StoredThread(thread: $0) }, isListRead: true,
    account: .alice)

  /// A client that an earlier run left threads to, and that has just started.
  private func restarted() -> FlowTester {
    var state = ClientState.sample(hasGateway: false)
    state.settings.keepsHistory = true
    let tester = FlowTester(state)
    tester.step(.historyRead(StatusFlowTests.history, first: nil))
    tester.step(.started)
    return tester
  }

  @Test(
    "ACS away while the trusted service answers is offline, with what waits; a refusal is a failed sign-in",
    arguments: [
      (502, "ServiceUnavailable", true), (503, "Throttled", true), (504, nil, true),
      (502, "CredentialRefused", false), (500, nil, false),
    ] as [(Int, String?, Bool)])
  func serviceAwayAtStart(status: Int, code: String?, isAbsence: Bool) {
    let tester = restarted()
    func serve(_ action: Effect.Action) -> EffectResult? {
      switch action {
      case .renewToken:
        .failed(
          ServiceError(.serviceFailed, "ACS does not serve now.", status: status, serviceCode: code)
        )
      case .loadMessages(let id, _):
        .stored(StoredMessages(thread: id, messages: [], isFirst: true, isLast: true))
      case .loadHistory: .history(StatusFlowTests.history)
      default: .done
      }
    }
    tester.answer(serve)
    tester.type("waits")
    tester.press("Enter")
    tester.answer(serve)
    switch tester.state.connectionStatus {
    case .offline(let queued, let retryOn, let cause):
      #expect(isAbsence)
      #expect(queued == 1)
      #expect(retryOn == tester.state.session.problem?.retryOn && retryOn != nil)
      #expect(cause == "ACS does not serve now.")
    case .signInFailed: #expect(!isAbsence)
    default: Issue.record("\(tester.state.connectionStatus)")
    }
  }

  @Test(
    "a thread that is gone and shown first says why it is read-only, and nothing failed",
    arguments: [true, false], [ServiceError.Code.notFound, .forbidden])
  func deletedWhileAway(isListFirst: Bool, code: ServiceError.Code) {
    let tester = restarted()
    var gone = FlowTester.threads
    gone[0].deletedOn = .start
    var isListHeld = !isListFirst
    func serve(_ action: Effect.Action) -> EffectResult? {
      switch action {
      case .listMessages(.release, _), .listParticipants(.release), .listReceipts(.release):
        .failed(ServiceError(code, "Failed reading the participants: it is not there."))
      case .listThreads: isListHeld ? nil : .threads(Page(values: gone))
      case .loadMessages(let id, _):
        .stored(StoredMessages(thread: id, messages: [], isFirst: true, isLast: true))
      case .loadHistory: .history(StatusFlowTests.history)
      default: FlowTester.healthy(action)
      }
    }
    tester.answer(serve)
    #expect(tester.state.threads.open == .release)
    isListHeld = false
    tester.pass(.seconds(3), serve)
    #expect(tester.state.readOnlyReason == "This thread was deleted.")
    #expect(tester.state.notice?.message == .information("This thread was deleted."))
    let asked = tester.pass(.seconds(120), serve)
    #expect(!asked.contains { if case .listMessages(.release, _) = $0 { true } else { false } })
  }

  @Test("what the list has no reason for is told as the service told it")
  func refusedForNoReason() {
    let tester = FlowTester.settled(events: false)
    var words: Set<String> = []
    tester.pass(.seconds(8)) { action in
      if let notice = tester.state.notice { words.insert("\(notice.message)") }
      if case .listMessages(.release, _) = action {
        return .failed(ServiceError(.forbidden, "Not with this token."))
      }
      return FlowTester.healthy(action)
    }
    #expect(words.contains { $0.contains("Not with this token.") })
  }

  @Test(
    "an edit or a deletion that takes the place of a throttled edit waits as long",
    arguments: [true, false])
  func throttledEdit(isDeletion: Bool) {
    let own = message(0, "helo", from: .alice)
    let tester = FlowTester.signedIn(messages: [own], gateway: false)
    let isChange: (Effect.Action) -> Bool = { action in
      switch action {
      case .edit, .delete: true
      default: false
      }
    }
    tester.press("Up", "Left", "l", "Enter")
    tester.settle(
      where: isChange, .failed(ServiceError(.throttled, "Slow.", retryAfter: .seconds(30))))
    if isDeletion {
      tester.press("Tab", "d", "y")
    } else {
      tester.press("Up")
      tester.type("!")
      tester.press("Enter")
    }
    var changedOn: [Timestamp] = []
    tester.pass(.seconds(60)) { action in
      if isChange(action) { changedOn.append(tester.now) }
      return FlowTester.healthy(action, [own])
    }
    #expect(changedOn.count == 1)
    #expect((changedOn.first ?? .epoch) - .start >= .seconds(30))
  }
}
