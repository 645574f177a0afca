import ACSTypes
import KeyInput
import Testing

@testable import ClientModel

/// Drives the reducer and holds every step against the whole expected change.
///
/// `now`, the ledger, the paces and the redraw count follow mechanically from the events and effects, which are checked by
/// themselves; everything else that changes must be named.
final class FlowTester {
  private(set) var state: ClientState
  private(set) var now: Timestamp
  private var entropy: UInt64 = 1

  init(_ state: ClientState = .sample(), now: Timestamp = .start) {
    self.state = state
    self.now = now
  }

  /// Something happened: the state must change by `change` alone and ask for `effects`, in order.
  func take(
    _ event: Event, effects: [Effect.Action] = [],
    sourceLocation: SourceLocation = #_sourceLocation,
    change: (inout ClientState) -> Void = { _ in }
  ) {
    var expected = state
    let actual = step(event)
    change(&expected)
    expected.now = state.now
    expected.ledger = state.ledger
    expected.revision = state.revision
    expected.connection.paces = state.connection.paces
    #expect(actual == effects, "effects", sourceLocation: sourceLocation)
    if state != expected {
      Issue.record(
        "state differs:\n\(difference(expected, state))", sourceLocation: sourceLocation)
    }
  }

  /// Something happened of which the test only wants the effects.
  @discardableResult
  func step(_ event: Event) -> [Effect.Action] {
    entropy &+= 1
    let effects = reduce(into: &state, Occurrence(now: now, entropy: entropy, event: event))
    return effects.map(\.action)
  }

  /// The one effect under way that is `action` ended with `result`.
  func finish(
    _ action: Effect.Action, _ result: EffectResult, effects: [Effect.Action] = [],
    sourceLocation: SourceLocation = #_sourceLocation,
    change: (inout ClientState) -> Void = { _ in }
  ) {
    guard let id = state.ledger.ids(where: { $0 == action }).first else {
      Issue.record("not under way: \(action)", sourceLocation: sourceLocation)
      return
    }
    take(.finished(id, result), effects: effects, sourceLocation: sourceLocation, change: change)
  }

  /// As ``finish(_:_:effects:sourceLocation:change:)`` for tests that check the end alone.
  @discardableResult
  func settle(
    where matches: (Effect.Action) -> Bool, _ result: EffectResult,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> [Effect.Action] {
    guard let id = state.ledger.ids(where: matches).first else {
      Issue.record("no such effect is under way", sourceLocation: sourceLocation)
      return []
    }
    return step(.finished(id, result))
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

  /// Advances to the next deadline and tells the clock; gives the effects.
  @discardableResult
  func toDeadline() -> [Effect.Action] {
    guard let deadline = state.nextDeadline else { return [] }
    now = max(now, deadline)
    return step(.clockAdvanced)
  }

  /// Nothing may be under way but what `allowed` names.
  func expectNothingLeft(
    but allowed: [Effect.Action] = [], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let left = state.ledger.entries.map(\.action).filter { !allowed.contains($0) }
    #expect(left == [], "effects under way", sourceLocation: sourceLocation)
  }

  private func difference(_ expected: ClientState, _ actual: ClientState) -> String {
    let left = Mirror(reflecting: expected).children
    let right = Mirror(reflecting: actual).children
    return zip(left, right).compactMap { expected, actual in
      let before = String(describing: expected.value)
      let after = String(describing: actual.value)
      return before == after
        ? nil : "\(expected.label ?? "?"):\n  expected \(before)\n  actual   \(after)"
    }.joined(separator: "\n")
  }
}

extension Timestamp {
  /// 2026-11-21T10:00:00Z, when all flows begin.
  static let start = Timestamp(milliseconds: 1_795_255_200_000)
}

extension CommunicationIdentifier {
  static let alice = CommunicationIdentifier(rawID: "8:acs:aaaa_alice001")
  static let bob = CommunicationIdentifier(rawID: "8:acs:aaaa_bob00002")
  static let carol = CommunicationIdentifier(rawID: "8:acs:aaaa_carol003")
}

extension ChatThreadID {
  static let release = ChatThreadID("19:release@thread.v2")
  static let lunch = ChatThreadID("19:lunch@thread.v2")
}

extension Session {
  static func sample(lifetime: Duration = .seconds(3600)) -> Session {
    Session(
      identity: .alice, displayName: "Alice", scopes: [.chat, .voip], issuedOn: .start,
      expiresOn: .start + lifetime, renewOn: .start + lifetime - .seconds(600))
  }
}

extension ClientState {
  static func sample(hasGateway: Bool = true) -> ClientState {
    ClientState(
      settings: ClientSettings(
        displayName: "Alice", hasGateway: hasGateway, tokenServiceURL: "http://127.0.0.1/token",
        endpoint: "http://127.0.0.1:7750", minutesFromUTC: 0),
      viewport: Viewport(columns: 80, rows: 24))
  }
}

/// A message `offset` ms after the start.
func message(
  _ offset: Int64, _ text: String, from sender: CommunicationIdentifier = .bob,
  version: Int64? = nil, edited: Bool = false, deleted: Bool = false
) -> ChatMessage {
  let place = Timestamp.start.milliseconds + offset
  return ChatMessage(
    id: ChatMessageID(String(place)), sequenceID: offset + 3, version: version ?? place,
    content: .text(text), senderDisplayName: sender == .bob ? "Bob" : "Alice", sender: sender,
    createdOn: Timestamp(seconds: place / 1000),
    editedOn: edited ? .start : nil, deletedOn: deleted ? .start : nil)
}

extension FlowTester {
  static let threads = [
    ChatThread(id: .release, topic: "Release room", lastMessageReceivedOn: .start),
    ChatThread(
      id: .lunch, topic: "Lunch", lastMessageReceivedOn: .start - .seconds(60)),
  ]

  /// A tester signed in as Alice, with the release room open, read, and nothing under way but the gateway.
  static func signedIn(
    messages: [ChatMessage] = [], older: String? = nil, gateway: Bool = true
  ) -> FlowTester {
    let tester = FlowTester(.sample(hasGateway: gateway))
    tester.step(.started)
    tester.settle(where: { $0 == .renewToken }, .session(.sample()))
    tester.settle(
      where: { $0 == .listThreads(next: nil) }, .threads(Page(values: threads)))
    tester.settle(
      where: { $0 == .listMessages(.release, .newest) },
      .messages(Page(values: messages.reversed(), nextLink: older)))
    tester.settle(
      where: { $0 == .listParticipants(.release) },
      .participants([
        ChatParticipant(identifier: .alice, displayName: "Alice"),
        ChatParticipant(identifier: .bob, displayName: "Bob"),
      ]))
    for entry in tester.state.ledger.entries {
      switch entry.action {
      case .sendReadReceipt: tester.step(.finished(entry.id, .done))
      case .listReceipts: tester.step(.finished(entry.id, .receipts([])))
      default: break
      }
    }
    if gateway { tester.step(.signalled(.welcome(version: 1, identity: .alice))) }
    return tester
  }

  /// Signed in as Alice with a history that is kept, the release room open and `messages` in it, all of it saved and
  /// nothing under way.
  static func keeping(
    messages: [ChatMessage] = [], older: String? = nil, history: StoredHistory? = nil
  ) -> FlowTester {
    var state = ClientState.sample(hasGateway: false)
    state.settings.keepsHistory = true
    let tester = FlowTester(state)
    let history = history ?? StoredHistory(account: .alice)
    tester.step(.historyRead(history, first: nil))
    tester.step(.started)
    tester.answer { action in
      switch action {
      case .listMessages(.release, .newest):
        .messages(Page(values: messages.reversed(), nextLink: older))
      case .loadMessages(let id, _):
        .stored(StoredMessages(thread: id, messages: [], isFirst: true, isLast: true))
      case .loadHistory: .history(history)
      default: healthy(action)
      }
    }
    return tester
  }
}
