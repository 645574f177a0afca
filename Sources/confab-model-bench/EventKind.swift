import ACSTypes
import ClientModel
import KeyInput

/// A kind of what can happen, of which many are made.
struct EventKind: Sendable {
  let name: String
  /// Brings the model to where the event may come and makes the `turn`th.
  let make: @Sendable (inout ModelUnderTest, Int) -> Event

  private init(_ name: String, _ make: @escaping @Sendable (inout ModelUnderTest, Int) -> Event) {
    self.name = name
    self.make = make
  }

  private static func chat(_ name: String, _ make: @escaping @Sendable (Int) -> ChatEvent) -> Self {
    EventKind(name) { _, turn in .chatSignalled(.event(make(turn))) }
  }

  private static func keys(_ name: String, _ chords: String...) -> Self {
    EventKind(name) { _, turn in
      KeyPress(chord: chords[turn % chords.count]).map(Event.keyPressed) ?? .clockAdvanced
    }
  }

  /// One of the threads that have messages, but the open one.
  private static func thread(_ turn: Int) -> ChatThreadID { ModelUnderTest.thread(1 + turn % 9) }

  private static func change(_ turn: Int) -> ThreadChange {
    ThreadChange(
      thread: thread(turn), initiator: ModelUnderTest.person(3), changedOn: ModelUnderTest.start,
      version: Int64(turn) + 1)
  }

  /// What is measured.
  static let all =
    messages + people + answers + [
      EventKind("clock") { _, _ in .clockAdvanced },
      EventKind("end-of-typing") { model, turn in
        let notice = TypingNotice(
          sender: ModelUnderTest.person(1), displayName: "P", receivedOn: ModelUnderTest.start)
        model.take(.chatSignalled(.event(.typingReceived(thread(turn), notice))))
        model.settle(threads: 20)
        model.take(.focusChanged(isFocused: true), after: .seconds(9))
        return .clockAdvanced
      },
      EventKind("end-of-list") { model, _ in
        let count = model.state.threads.entries.count
        return model.answer(.threads(Page(values: (0..<20).map(ModelUnderTest.listed)))) { action in
          guard case .listThreads(let next?) = action else { return false }
          return next == "last of \(count)"
        } before: {
          .threads(
            Page(values: (20..<count).map(ModelUnderTest.listed), nextLink: "last of \(count)"))
        }
      },
      keys("typed-key", "x", "y"),
      keys("page-up-and-down", "PgUp", "PgDn"),
      keys("next-thread", "M-Down", "M-Up"),
      EventKind("resize") { _, turn in .resized(Viewport(columns: 100 + turn % 2, rows: 40)) },
      EventKind("sent-message") { model, turn in
        model.settle(threads: 0)
        model.take(.pasted("Message \(turn)"), after: .seconds(2))
        return KeyPress(chord: "Enter").map(Event.keyPressed) ?? .clockAdvanced
      },
    ]

  private static let messages = [
    EventKind("message") { _, turn in ModelUnderTest.arrival(3000 + turn, in: 1 + turn % 9) },
    EventKind("message-in-open-thread") { _, turn in ModelUnderTest.arrival(3000 + turn, in: 0) },
    chat("late-message") { turn in
      var message = ModelUnderTest.message(1)
      message.id = ChatMessageID(String(message.id.place + Int64(turn) * 7 + 3))
      return .messageReceived(thread(turn), message)
    },
    chat("edit") { turn in
      .messageEdited(thread(turn), ModelUnderTest.message(20 + turn % 20, version: Int64(turn) + 1))
    },
    chat("deletion") { turn in
      var message = ModelUnderTest.message(2 + turn % 40, version: 50)
      message.deletedOn = message.createdOn
      return .messageDeleted(thread(turn), message)
    },
    EventKind("lost-events") { model, _ in
      model.settle(threads: 20)
      return .chatSignalled(.eventsLost)
    },
  ]

  private static let people = [
    chat("typing") { turn in
      .typingReceived(
        thread(turn),
        TypingNotice(
          sender: ModelUnderTest.person(turn % 5), displayName: "P",
          receivedOn: ModelUnderTest.start))
    },
    chat("receipt") { turn in
      .readReceiptReceived(
        thread(turn),
        ChatMessageReadReceipt(
          sender: ModelUnderTest.person(turn % 5), messageID: ModelUnderTest.message(turn).id,
          readOn: ModelUnderTest.start))
    },
    chat("topic") { turn in
      .threadPropertiesUpdated(change(turn), topic: "The topic of turn \(turn)")
    },
    chat("coming") { turn in
      .participantsAdded(
        change(turn), [ChatParticipant(identifier: ModelUnderTest.person(turn % 5))])
    },
    chat("leaving") { turn in
      .participantsRemoved(
        change(turn), [ChatParticipant(identifier: ModelUnderTest.person(turn % 5))])
    },
  ]

  private static let answers = [
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
  ]
}

extension ModelUnderTest {
  /// Lets time pass until something that `matches` is under way, and gives its answer; lists are answered as `before` says.
  fileprivate mutating func answer(
    _ result: EffectResult, to matches: (Effect.Action) -> Bool,
    before: (() -> EffectResult)? = nil
  ) -> Event {
    for _ in 0..<200 {
      if let entry = state.ledger.entries.first(where: { matches($0.action) }) {
        return .finished(entry.id, result)
      }
      if let before, let entry = state.ledger.entries.first(where: \.isList) {
        take(.finished(entry.id, before()))
        continue
      }
      settle(threads: 20)
      take(.clockAdvanced, after: .seconds(1))
    }
    preconditionFailure("nothing of the kind is asked for")
  }
}

extension EffectLedger.Entry {
  fileprivate var isList: Bool { if case .listThreads = action { true } else { false } }
}
