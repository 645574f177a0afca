import ACSTypes
import ClientModel
import KeyInput

/// A signed-in client's model, to which things happen.
struct ModelUnderTest {
  private(set) var state: ClientState
  private var now = ModelUnderTest.start
  private var entropy: UInt64 = 0

  /// 2026-11-21T10:00:00Z.
  static let start = Timestamp(milliseconds: 1_795_255_200_000)
  static let me = CommunicationIdentifier(rawID: "8:acs:aaaa_alice001")

  /// A client with `threads` threads whose first one is open; `window` messages are in each of the first few.
  init(threads: Int, window: Int = 0, filled: Int = 0, keepsHistory: Bool = false) {
    state = ClientState(
      settings: ClientSettings(
        displayName: "Alice", hasGateway: false, tokenServiceURL: "http://127.0.0.1/token",
        endpoint: "http://127.0.0.1:7750", minutesFromUTC: 0, keepsHistory: keepsHistory,
        wantsEvents: true),
      viewport: Viewport(columns: 120, rows: 40))
    take(.started)
    settle(threads: threads)
    take(.chatSignalled(.connected))
    settle(threads: threads)
    for thread in 0..<filled {
      for number in 0..<window {
        take(ModelUnderTest.arrival(number, in: thread))
        if number % 50 == 0 { settle(threads: threads) }
      }
    }
    settle(threads: threads)
  }

  static func thread(_ number: Int) -> ChatThreadID { ChatThreadID("19:t\(number)@thread.v2") }

  static func person(_ number: Int) -> CommunicationIdentifier {
    CommunicationIdentifier(rawID: "8:acs:aaaa_person\(number)")
  }

  /// The place of a message: a hundredth of a second after the one before, so that very many are of this day.
  static func place(_ number: Int) -> Int64 { start.milliseconds + Int64(number) * 10 }

  static func message(_ number: Int, by person: Int = 1, version: Int64 = 0) -> ChatMessage {
    message(at: place(number), text: number, by: person, version: version)
  }

  static func message(
    at place: Int64, text number: Int, by person: Int = 1, version: Int64 = 0
  ) -> ChatMessage {
    ChatMessage(
      id: ChatMessageID(String(place)), sequenceID: 0, version: place + version,
      content: .text("Message \(number): shall we look at the numbers of today?"),
      senderDisplayName: "Person \(person)", sender: ModelUnderTest.person(person),
      createdOn: Timestamp(milliseconds: place))
  }

  static func arrival(_ number: Int, in thread: Int) -> Event {
    .chatSignalled(
      .event(.messageReceived(ModelUnderTest.thread(thread), message(number, by: number % 5))))
  }

  /// The places of the messages of a thread that are in memory.
  func places(in thread: Int) -> [Int64] {
    state.conversations[ModelUnderTest.thread(thread)]?.messages.map(\.id.place) ?? []
  }

  /// True when the message at `place` is in memory.
  func holds(_ place: Int64, in thread: Int) -> Bool {
    let id = ChatMessageID(String(place))
    return state.conversations[ModelUnderTest.thread(thread)]?.index(of: id) != nil
  }

  /// Something happens, `after` the last.
  @discardableResult
  mutating func take(_ event: Event, after pause: Duration = .milliseconds(1)) -> [Effect] {
    now = now + pause
    entropy &+= 1
    return reduce(into: &state, Occurrence(now: now, entropy: entropy, event: event))
  }

  /// The occurrence that ``take(_:after:)`` would make of `event` now.
  func next(_ event: Event) -> Occurrence {
    Occurrence(now: now + .milliseconds(1), entropy: entropy &+ 1, event: event)
  }

  /// The person presses a key.
  mutating func press(_ chord: String) {
    if let press = KeyPress(chord: chord) { take(.keyPressed(press), after: .seconds(1)) }
  }

  /// The channel of events breaks.
  mutating func loseEvents() {
    let channel = state.ledger.entries.first { $0.action == .openEvents }
    if let channel {
      take(.finished(channel.id, .failed(ServiceError(.unreachable, "No events."))))
    }
  }

  /// A session that began now.
  var session: Session {
    Session(
      identity: ModelUnderTest.me, displayName: "Alice", scopes: [.chat], issuedOn: now,
      expiresOn: now + .seconds(86_400), renewOn: now + .seconds(80_000))
  }

  /// What is being saved is on the disk.
  mutating func finishSaving() {
    let saving = state.ledger.entries.first { if case .save = $0.action { true } else { false } }
    if let saving { take(.finished(saving.id, .done)) }
  }

  /// Answers all that is under way, but what stays open.
  mutating func settle(threads: Int = 0) {
    for _ in 0..<200 {
      guard let entry = state.ledger.entries.first(where: { $0.action != .openEvents }) else {
        return
      }
      take(.finished(entry.id, answer(entry.action, threads: threads)))
    }
  }

  private func answer(_ action: Effect.Action, threads: Int) -> EffectResult {
    switch action {
    case .renewToken: .session(session)
    case .listThreads: .threads(Page(values: (0..<threads).map(ModelUnderTest.listed)))
    case .listMessages, .readMessage: .messages(Page(values: [ModelUnderTest.message(0)]))
    case .listParticipants:
      .participants((0..<5).map { ChatParticipant(identifier: ModelUnderTest.person($0)) })
    case .readThread(let id): .thread(ChatThread(id: id, topic: "New"))
    case .listReceipts: .receipts([])
    case .loadHistory: .history(StoredHistory())
    case .loadMessages(let id, _):
      .stored(StoredMessages(thread: id, messages: [], isFirst: true, isLast: true))
    default: .done
    }
  }

  static func listed(_ number: Int) -> ChatThread {
    ChatThread(
      id: thread(number), topic: "Thread \(number)",
      lastMessageReceivedOn: start - .seconds(Int64(number)))
  }
}
