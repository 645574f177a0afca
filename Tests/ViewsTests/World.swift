import ACSTypes
import ClientModel
import KeyInput
import Testing

/// A state brought where a test wants it, by events alone.
final class World {
  private(set) var state: ClientState
  private var now = World.start
  private var entropy: UInt64 = 0
  private var pending: [EffectID] = []

  static let start = Timestamp(milliseconds: 1_795_255_200_000)
  static let alice = CommunicationIdentifier(rawID: "8:acs:7e1f_0000000c-005a-alice001")
  static let bob = CommunicationIdentifier(rawID: "8:acs:7e1f_0000000c-005a-bob00002")
  static let carol = CommunicationIdentifier(rawID: "8:acs:7e1f_0000000c-005a-carol003")
  static let release = ChatThreadID("19:release@thread.v2")

  init(columns: Int, rows: Int, wantsEvents: Bool = false, keepsHistory: Bool = false) {
    state = ClientState(
      settings: ClientSettings(
        displayName: "Alice", hasGateway: true,
        tokenServiceURL: "http://127.0.0.1:7760/token", endpoint: "http://127.0.0.1:7750",
        minutesFromUTC: 60, keepsHistory: keepsHistory, wantsEvents: wantsEvents),
      viewport: Viewport(columns: columns, rows: rows))
  }

  func step(_ event: Event) {
    entropy += 1
    let effects = reduce(into: &state, Occurrence(now: now, entropy: entropy, event: event))
    pending += effects.map(\.id)
  }

  /// Ends the newest effect with `result`.
  func settle(_ result: EffectResult) {
    guard let id = pending.popLast() else {
      Issue.record("no effect is under way")
      return
    }
    step(.finished(id, result))
  }

  func press(_ chords: String...) {
    for chord in chords {
      guard let press = KeyPress(chord: chord) else {
        Issue.record("\(chord) is not a chord")
        continue
      }
      step(.keyPressed(press))
    }
  }

  func type(_ text: String) {
    for character in text { step(.keyPressed(KeyPress(.character(character)))) }
  }

  func wait(_ duration: Duration) {
    now = now + duration
  }

  func signIn(
    threads: [ChatThread] = World.threads, messages: [ChatMessage] = World.messages,
    participants: [ChatParticipant] = World.participants, older: String? = nil
  ) {
    step(.started)
    settle(
      .session(World.session))
    step(.signalled(.welcome(version: 1, identity: World.alice)))
    for entry in state.ledger.entries {
      if case .listThreads = entry.action {
        step(.finished(entry.id, .threads(Page(values: threads))))
      }
    }
    for entry in state.ledger.entries {
      switch entry.action {
      case .listMessages:
        step(.finished(entry.id, .messages(Page(values: messages.reversed(), nextLink: older))))
      case .listParticipants: step(.finished(entry.id, .participants(participants)))
      default: break
      }
    }
    pending = []
  }

  /// Ends the first effect under way that matches with `result`.
  func finish(_ result: EffectResult, where matches: (Effect.Action) -> Bool) {
    guard let entry = state.ledger.entries.first(where: { matches($0.action) }) else {
      Issue.record("no such effect is under way")
      return
    }
    step(.finished(entry.id, result))
  }

  /// Fails whatever reading of Chat is under way.
  func fail(_ error: ServiceError) {
    for entry in state.ledger.entries {
      switch entry.action {
      case .listThreads, .listMessages, .send: step(.finished(entry.id, .failed(error)))
      default: break
      }
    }
  }

  static let session = Session(
    identity: alice, displayName: "Alice", scopes: [.chat, .voip], issuedOn: start,
    expiresOn: start + .seconds(86_400), renewOn: start + .seconds(85_800))

  static let participants = [
    ChatParticipant(identifier: alice, displayName: "Alice"),
    ChatParticipant(identifier: bob, displayName: "Bob"),
  ]

  static let threads = [
    ChatThread(id: release, topic: "Release room", lastMessageReceivedOn: start),
    ChatThread(
      id: ChatThreadID("19:lunch@thread.v2"), topic: "Lunch 🍜",
      lastMessageReceivedOn: start - .seconds(900)),
    ChatThread(
      id: ChatThreadID("19:books@thread.v2"), topic: "Books that are worth a second reading",
      lastMessageReceivedOn: start - .seconds(9000)),
  ]

  static func message(
    _ offset: Int64, _ text: String, from sender: CommunicationIdentifier, name: String,
    edited: Bool = false, deleted: Bool = false
  ) -> ChatMessage {
    let moment = start + .milliseconds(offset)
    return ChatMessage(
      id: ChatMessageID(String(moment.milliseconds)), sequenceID: 3,
      version: moment.milliseconds, content: .text(text), senderDisplayName: name,
      sender: sender, createdOn: Timestamp(seconds: moment.seconds),
      editedOn: edited ? moment : nil, deletedOn: deleted ? moment : nil)
  }

  static let messages = [
    ChatMessage(
      id: ChatMessageID("1795168800000"), sequenceID: 1, version: 1_795_168_800_000,
      content: .participantAdded(participants, initiator: alice),
      createdOn: Timestamp(milliseconds: 1_795_168_800_000)),
    ChatMessage(
      id: ChatMessageID("1795168800001"), sequenceID: 2, version: 1_795_168_800_001,
      content: .topicUpdated(topic: "Release room", initiator: alice),
      createdOn: Timestamp(milliseconds: 1_795_168_800_000)),
    message(-80_000_000, "Morning! Is the build green?", from: bob, name: "Bob"),
    message(-79_980_000, "Almost. One test is left.", from: alice, name: "Alice"),
    message(
      -600_000,
      "こんにちは、リリースの準備はできましたか？ 한국어도 됩니다. Ещё и кириллица, ελληνικά, हिन्दी, עברית.",
      from: carol, name: "Carol"),
    message(-590_000, "Emoji too: 👩‍👩‍👧 🇳🇱 👍🏽 ❤️", from: carol, name: "Carol"),
    message(-60_000, "Deploy at 15:00", from: alice, name: "Alice", edited: true),
    message(-30_000, "x", from: bob, name: "Bob", deleted: true),
    message(
      0,
      "A long message that goes on for so many words that no terminal of an ordinary width could hold it in a single row, so that it has to be wrapped.",
      from: bob, name: "Bob"),
  ]

  static let readmeMessages = [
    message(-7_500_000, "Morning! Is the build green?", from: bob, name: "Bob"),
    message(-7_480_000, "Almost. One test is left.", from: alice, name: "Alice"),
    message(-7_300_000, "こんにちは！Here is what is new:", from: carol, name: "Carol"),
    message(-7_290_000, "tokens renew by themselves, and calls ring 👍🏽", from: carol, name: "Carol"),
    message(-600_000, "Then let us ship it at 15:00", from: alice, name: "Alice", edited: true),
    message(
      0, "I will call you before, so that we can walk through the list once more.", from: bob,
      name: "Bob"),
  ]

  static let steps = [
    TokenFlowStep(
      id: 1, kind: .request, title: "GET http://127.0.0.1:7760/token?user=Alice", status: 200,
      startedOn: start, took: .milliseconds(12), outcome: .succeeded),
    TokenFlowStep(
      id: 2, kind: .answer, title: "The answer holds a token", startedOn: start,
      took: .milliseconds(1), details: ["identity  \(alice.rawID)"], outcome: .succeeded),
    TokenFlowStep(
      id: 3, kind: .claims, title: "The token tells its claims", startedOn: start,
      took: .milliseconds(0), details: ["scopes    chat, voip", "lifetime  24h 00m"],
      outcome: .succeeded),
    TokenFlowStep(
      id: 4, kind: .authorisedRequest, title: "GET http://127.0.0.1:7750/chat/threads",
      status: 401, startedOn: start, took: .milliseconds(3),
      outcome: .failed("401 Unauthorized")),
    TokenFlowStep(
      id: 5, kind: .authorisedRequest, title: "GET http://127.0.0.1:7750/chat/threads",
      startedOn: start),
  ]
}
