public import ACSTypes
public import ClientModel
import KeyInput

/// Things that happen to a client by chance: likely ones, late ones, and such as no service should send.
///
/// Results end effects that are under way more often than not, so that the client gets somewhere.
public struct RandomEvents {
  /// 2026-11-21T10:00:00Z, when all begins.
  public static let start = Timestamp(milliseconds: 1_795_255_200_000)

  private let random: SeededRandom
  private var now = RandomEvents.start

  /// Events by `seed`.
  public init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  /// What the client of these events is started with.
  public static func client(columns: Int = 80, rows: Int = 24) -> ClientState {
    ClientState(
      settings: ClientSettings(
        displayName: "Alice", hasGateway: true, tokenServiceURL: "http://127.0.0.1/token",
        endpoint: "http://127.0.0.1:7750", minutesFromUTC: 60, keepsHistory: true,
        wantsEvents: true),
      viewport: Viewport(columns: columns, rows: rows))
  }

  /// What happens next to a client in `state`; the first thing is that it starts.
  public mutating func next(for state: ClientState) -> Occurrence {
    let isFirst = now == Self.start
    // Rarely the machine sleeps, and more rarely its clock is set to nonsense.
    let pause: Int64 =
      switch number(400) {
      case 0: 86_400_000
      case 1: number(50) == 0 ? .max - now.milliseconds : 1_200_000
      default: Int64(number(3000)) + 1
      }
    now = Timestamp(milliseconds: now.milliseconds &+ pause)
    return Occurrence(
      now: now, entropy: random.next(), event: isFirst ? .started : event(for: state))
  }

  private func event(for state: ClientState) -> Event {
    switch number(16) {
    case 0...4: .keyPressed(key())
    case 5...8: finished(state)
    case 9, 10: .chatSignalled(chatSignal())
    case 11: .signalled(callSignal())
    case 12: .clockAdvanced
    case 13:
      one(of: [
        .pasted(text()), .started, .focusChanged(isFocused: flag()), .recordingEnded(error()),
        .resized(
          Viewport(columns: one(of: [0, 1, 20, number(300)]), rows: one(of: [0, 1, number(100)]))),
      ])
    case 14: .mouseUsed(mouse(), target: target())
    default:
      number(12) == 0
        ? flag()
          ? .historyRead(history(), first: flag() ? nil : stored()) : .historyFailed(text())
        : flag() ? .tokenFlowed(step()) : .signInPrompted(number(3) == 0 ? nil : prompt())
    }
  }

  private func finished(_ state: ClientState) -> Event {
    let waiting = state.ledger.entries
    guard let entry = waiting.isEmpty ? nil : one(of: waiting), number(8) > 0 else {
      return .finished(EffectID(one(of: [0, -1, .max, number(100)])), result())
    }
    return .finished(entry.id, number(4) == 0 ? result() : answer(to: entry.action))
  }
}

// What everything else is made of.
extension RandomEvents {
  /// A number from 0 up to, not including, `limit`.
  func number(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }

  func flag() -> Bool { random.next() & 1 == 0 }

  /// One of `choices`, which are not none.
  func one<Value>(of choices: [Value]) -> Value { choices[number(choices.count)] }

  /// Up to `limit` values.
  func some<Value>(_ limit: Int, _ make: () -> Value) -> [Value] {
    (0..<number(limit + 1)).map { _ in make() }
  }

  func moment() -> Timestamp {
    let extremes: [Int64] = [0, -1, .min, .max, .min + 1, Self.start.milliseconds]
    return number(6) == 0
      ? Timestamp(milliseconds: one(of: extremes)) : now + .milliseconds(number(60_000) - 30_000)
  }

  func version() -> Int64 {
    number(6) == 0 ? one(of: [0, -1, .min, .max]) : Self.start.milliseconds + Int64(number(60_000))
  }

  func messageID() -> ChatMessageID {
    guard number(6) == 0 else {
      return ChatMessageID(String(Self.start.milliseconds + Int64(number(200)) * 50))
    }
    return ChatMessageID(
      one(of: ["", "0", "-5", "abc", "9223372036854775807", "9223372036854775808", "1e3"]))
  }

  func thread() -> ChatThreadID {
    ChatThreadID(one(of: ["19:a@thread.v2", "19:b@thread.v2", "19:c@thread.v2", "", "x]y"]))
  }

  func person() -> CommunicationIdentifier {
    CommunicationIdentifier(
      rawID: one(of: [
        "8:acs:aaaa_alice001", "8:acs:aaaa_bob00002", "8:orgid:carol", "4:+15551234567", "28:bot",
        "", "somebody",
      ]))
  }

  /// Words, and what breaks layouts: wide and joined letters, directions, controls, nothing.
  func text() -> String {
    let parts = [
      "hello", " ", "\n", "漢字", "e\u{301}", "👩‍👩‍👧", "🇸🇪", "\u{1B}[31m", "\u{202E}", "\u{200D}", "\t",
      "a-very-long-word-that-does-not-fit-anywhere", "का", "\u{0}", "<b>&amp;</b>", "\r\n",
      "\u{FEFF}",
    ]
    return some(8) { one(of: parts) }.joined()
  }

  func key() -> KeyPress {
    let extra = ["x", "é", "漢", "Space", "M-q", "C-S-Left", "F35"]
    if number(30) == 0 { return KeyPress(.function(one(of: [0, -1, .max])), [.shift, .alt]) }
    let chord = one(of: Command.all.flatMap(\.keys) + extra)
    return KeyPress(chord: chord) ?? KeyPress(.escape)
  }

  func mouse() -> MouseInput {
    MouseInput(
      kind: one(of: [.press, .release, .drag, .scrollUp, .scrollDown]),
      button: one(of: [.left, .middle, .right, .other]),
      column: one(of: [number(80), -1, .max, .min]), row: one(of: [number(24), -1, .max, .min]),
      modifiers: one(of: [[], .shift, [.control, .alt]]))
  }

  private func target() -> String? {
    one(of: [nil, ScreenTarget.composer, ScreenTarget.name(of: thread()), "", "thread:", "?"])
  }

  func duration() -> Duration {
    one(of: [
      .zero, .seconds(number(100)), .milliseconds(-5), .seconds(Int64.max), .seconds(Int64.min),
      .nanoseconds(1),
    ])
  }

  private func step() -> TokenFlowStep {
    TokenFlowStep(
      id: one(of: [number(20), -1, .max]),
      kind: one(of: [.login, .request, .answer, .claims, .authorisedRequest]), title: text(),
      status: flag() ? nil : number(600), startedOn: moment(), took: flag() ? nil : duration(),
      details: some(3) { text() },
      outcome: one(of: [nil, .succeeded, .failed(text())]))
  }

  /// With a code as a log shows it, so that a replay can come to the same state.
  private func prompt() -> SignInPrompt {
    SignInPrompt(userCode: "xxxx-xxxx", verificationURL: text(), expiresOn: moment())
  }
}
