import ACSTypes
import ClientModel

// How effects end.
extension EventKind {
  private static let isSearch: @Sendable (Effect.Action) -> Bool = {
    if case .search = $0 { true } else { false }
  }

  /// A message of long ago, which is not in memory.
  private static func hit(_ turn: Int) -> HistoryHit {
    HistoryHit(
      thread: thread(turn), message: ModelUnderTest.message(-100_000 - turn * 1000), excerpt: "x",
      marks: [])
  }

  static let answers = [
    EventKind("page-of-messages") { model, turn in
      model.answer(.messages(Page(values: [ModelUnderTest.message(5000 + turn)]))) {
        if case .listMessages = $0 { true } else { false }
      }
    },
    EventKind("page-of-threads") { model, turn in
      let page = (0..<20).map(ModelUnderTest.listed)
      return model.answer(.threads(Page(values: page, nextLink: "page \(turn)"))) {
        if case .listThreads = $0 { true } else { false }
      }
    },
    EventKind("people-of-thread") { model, turn in
      model.answer(
        .participants([ChatParticipant(identifier: ModelUnderTest.person(turn % 5))])
      ) {
        if case .listParticipants = $0 { true } else { false }
      } doing: { model in
        model.press(turn % 2 == 0 ? "M-Down" : "M-Up")
      }
    },
    EventKind("met-thread") { model, turn in
      model.answer(.thread(ChatThread(id: ChatThreadID("19:m\(turn)@thread.v2"), topic: "Met"))) {
        if case .readThread = $0 { true } else { false }
      } doing: { model in
        model.take(
          .chatSignalled(
            .event(
              .messageReceived(
                ChatThreadID("19:m\(turn)@thread.v2"), ModelUnderTest.message(turn)))),
          after: .seconds(5))
      }
    },
    EventKind("readers") { model, turn in
      let receipt = ChatMessageReadReceipt(
        sender: ModelUnderTest.person(2), messageID: ModelUnderTest.message(turn).id,
        readOn: ModelUnderTest.start)
      return model.answer(.receipts([receipt])) {
        if case .listReceipts = $0 { true } else { false }
      } doing: { model in
        // Events would tell.
        model.loseEvents()
      }
    },
    EventKind("hits") { model, turn in
      model.answer(.hits([hit(turn)]), to: isSearch, doing: { $0.search() })
    },
    EventKind("kept-messages") { model, turn in
      model.answer(
        .stored(
          StoredMessages(
            thread: thread(turn), messages: [hit(turn).message], isFirst: false, isLast: false))
      ) {
        if case .loadMessages = $0 { true } else { false }
      } doing: { model in
        model.search()
        while let entry = model.state.ledger.entries.last(where: { isSearch($0.action) }) {
          model.take(.finished(entry.id, .hits([hit(turn)])))
        }
        model.press("Enter")
      }
    },
    EventKind("found-people") { model, _ in
      model.answer(
        .people([Person(identifier: ModelUnderTest.person(7), displayName: "Person 7")])
      ) {
        if case .findPeople = $0 { true } else { false }
      } doing: { model in
        if model.state.interface.pane != .people { model.press("M-w") }
        model.press("p")
      }
    },
    EventKind("taken-message") { model, turn in
      model.answer(.sent(ModelUnderTest.message(9000 + turn).id)) {
        if case .send = $0 { true } else { false }
      } doing: { model in
        model.take(.pasted("Message \(turn)"), after: .seconds(2))
        model.press("Enter")
        // A save that was under way, and the one that holds the message.
        for _ in 0..<2 { model.finishSaving() }
      }
    },
    EventKind("token") { model, _ in
      model.take(.clockAdvanced, after: .seconds(90_000))
      return model.answer(.session(model.session)) { $0 == .renewToken }
    },
    EventKind("failure") { model, turn in
      model.answer(.failed(ServiceError(.throttled, "Too much.", retryAfter: .seconds(1)))) {
        if case .listMessages = $0 { true } else { false }
      }
    },
    EventKind("saved") { model, turn in
      model.answer(.done) {
        if case .save = $0 { true } else { false }
      } doing: { model in
        model.take(ModelUnderTest.arrival(7000 + turn, in: 1 + turn % 9))
      }
    },
  ]
}

extension ModelUnderTest {
  /// Lets time pass until something that `matches` is under way, and gives its answer; lists are answered as `before` says,
  /// and `doing` is done again and again so that it comes to be.
  mutating func answer(
    _ result: EffectResult, to matches: (Effect.Action) -> Bool,
    before: (() -> EffectResult)? = nil,
    doing: (inout ModelUnderTest) -> Void = { _ in }
  ) -> Event {
    for _ in 0..<200 {
      if let entry = state.ledger.entries.first(where: { matches($0.action) }) {
        return .finished(entry.id, result)
      }
      if let before, let entry = state.ledger.entries.first(where: \.isList) {
        take(.finished(entry.id, before()))
        continue
      }
      doing(&self)
      if let entry = state.ledger.entries.first(where: { matches($0.action) }) {
        return .finished(entry.id, result)
      }
      settle(threads: 20)
      take(.clockAdvanced, after: .seconds(1))
    }
    preconditionFailure("nothing of the kind is asked for")
  }
}

extension ModelUnderTest {
  /// The person searches all messages.
  fileprivate mutating func search() {
    if state.interface.pane != .search { press("C-r") }
    press("x")
    take(.clockAdvanced, after: .seconds(1))
  }
}

extension EffectLedger.Entry {
  fileprivate var isList: Bool { if case .listThreads = action { true } else { false } }
}
