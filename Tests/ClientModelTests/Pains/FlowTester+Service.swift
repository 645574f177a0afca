import ACSTypes
import Testing

@testable import ClientModel

extension FlowTester {
  /// Signed in as Alice with the release room open and, unless `events` is false, the channel of events live.
  static func settled(events: Bool = true, messages: [ChatMessage] = []) -> FlowTester {
    var state = ClientState.sample(hasGateway: false)
    state.settings.wantsEvents = events
    let tester = FlowTester(state)
    tester.step(.started)
    tester.answer { FlowTester.healthy($0, messages) }
    if events { tester.step(.chatSignalled(.connected)) }
    tester.answer { FlowTester.healthy($0, messages) }
    return tester
  }

  /// What a service in good order answers; `nil` for the channel of events, which stays open.
  static func healthy(_ action: Effect.Action, _ messages: [ChatMessage] = []) -> EffectResult? {
    switch action {
    case .openEvents, .openGateway: nil
    case .renewToken: .session(.sample(lifetime: .seconds(86_400)))
    case .listThreads: .threads(Page(values: threads))
    case .listMessages(.release, _): .messages(Page(values: messages.reversed()))
    case .listMessages: .messages(Page(values: []))
    case .listParticipants:
      .participants([.alice, .bob].map { ChatParticipant(identifier: $0) })
    case .readThread(let id): .thread(ChatThread(id: id, topic: "New"))
    case .listReceipts: .receipts([])
    default: .done
    }
  }

  /// Answers all that is under way and all that comes of it; what `service` has no answer to stays.
  ///
  /// - Returns: What was answered, in order.
  @discardableResult
  func answer(_ service: (Effect.Action) -> EffectResult?) -> [Effect.Action] {
    var answered: [Effect.Action] = []
    while answered.count < 10_000 {
      var next: (id: EffectID, action: Effect.Action, result: EffectResult)?
      for entry in state.ledger.entries where next == nil {
        next = service(entry.action).map { (entry.id, entry.action, $0) }
      }
      guard let next else { return answered }
      answered.append(next.action)
      step(.finished(next.id, next.result))
    }
    return answered
  }

  /// Lets time pass, with `service` answering at once what is asked.
  ///
  /// - Returns: What was asked and answered, in order.
  @discardableResult
  func pass(
    _ span: Duration, _ service: (Effect.Action) -> EffectResult? = { healthy($0) }
  ) -> [Effect.Action] {
    let end = now + span
    var answered = answer(service)
    var wakeUps = 0
    while let deadline = state.nextDeadline, deadline <= end, answered.count < 10_000 {
      wakeUps += 1
      guard wakeUps < 50_000 else {
        Issue.record("it wakes up again and again for nothing")
        return answered
      }
      toDeadline()
      answered += answer(service)
    }
    wait(end - now)
    return answered
  }

  /// The texts of the release room, oldest first.
  var texts: [String] {
    state.conversations[.release]?.messages.map { message in
      if case .text(let text) = message.content { text } else { "-" }
    } ?? []
  }

  func happens(_ event: ChatEvent) {
    step(.chatSignalled(.event(event)))
  }
}
