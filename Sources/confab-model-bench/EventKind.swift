import ACSTypes
import ClientModel
import KeyInput

/// A kind of what can happen, of which many are made.
struct EventKind: Sendable {
  let name: String
  /// Brings the model to where the event may come and makes the `turn`th.
  let make: @Sendable (inout ModelUnderTest, Int) -> Event

  init(_ name: String, _ make: @escaping @Sendable (inout ModelUnderTest, Int) -> Event) {
    self.name = name
    self.make = make
  }

  static func chat(_ name: String, _ make: @escaping @Sendable (Int) -> ChatEvent) -> Self {
    EventKind(name) { _, turn in .chatSignalled(.event(make(turn))) }
  }

  static func keys(_ name: String, _ chords: String...) -> Self {
    EventKind(name) { _, turn in
      KeyPress(chord: chords[turn % chords.count]).map(Event.keyPressed) ?? .clockAdvanced
    }
  }

  /// One of the threads that have messages, but the open one.
  static func thread(_ turn: Int) -> ChatThreadID { ModelUnderTest.thread(1 + turn % 9) }

  static func change(_ turn: Int) -> ThreadChange {
    ThreadChange(
      thread: thread(turn), initiator: ModelUnderTest.person(3), changedOn: ModelUnderTest.start,
      version: Int64(turn) + 1)
  }

  /// What is measured.
  static let all =
    messages + people + answers + interface + commands + signs + [
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
      EventKind("sent-message") { model, turn in
        model.settle(threads: 0)
        model.take(.pasted("Message \(turn)"), after: .seconds(2))
        return KeyPress(chord: "Enter").map(Event.keyPressed) ?? .clockAdvanced
      },
    ]
}
