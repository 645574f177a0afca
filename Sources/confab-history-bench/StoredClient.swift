import ACSTypes
import Cells
import ClientModel
import ClientRuntime
import Executor
import KeyInput
import Phrases
import Services
import Views

/// A client without a terminal over a history on disk, whose service never answers.
final class StoredClient {
  /// Why it cannot be measured.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private let mailbox = Mailbox()
  private let hasMail = Signal(false)
  private let runner: EffectRunner
  private let clock = SystemClock()
  private var loop: ClientLoop

  /// A client before its start.
  init(_ history: any HistoryStore, _ executor: any TaskExecutor) {
    let settings = ClientSettings(
      displayName: "Alice", hasGateway: false, tokenServiceURL: "http://127.0.0.1/token",
      endpoint: "http://127.0.0.1:7750", minutesFromUTC: 0, keepsHistory: true)
    let state = ClientState(settings: settings, viewport: Viewport(columns: 120, rows: 40))
    loop = ClientLoop(
      state: state, theme: Theme(), phrases: .english, random: SystemRandom())
    let service = SilentService(now: clock.now)
    runner = EffectRunner(
      services: ClientServices(
        signIn: service, chat: service, directory: nil, history: history, gateway: nil),
      mailbox: mailbox, clock: clock, executor: executor, displayName: "Alice")
    mailbox.onPost { [hasMail] in hasMail.change { $0 = true } }
  }

  /// Signs in and reads all threads.
  func start(threads: Int) throws {
    try step([.started]) { state in
      state.session.session != nil && state.threads.entries.count == threads
        && state.threads.open.flatMap { state.conversations[$0]?.isLoaded } == true
        && !state.isReadingHistory
    }
  }

  /// Presses `chord`, which opens `thread`, and gives the time until its messages are in a frame.
  func open(_ thread: ChatThreadID, with chord: String) throws -> Duration {
    guard let key = KeyPress(chord: chord) else { throw Failure(description: "no key \(chord)") }
    let begin = ContinuousClock.now
    let frame = try step([.keyPressed(key)]) {
      $0.threads.open == thread && $0.conversations[thread]?.isLoaded == true
    }
    let time = ContinuousClock.now - begin
    guard let messages = loop.state.conversations[thread]?.messages, messages.count > 0,
      case .text(let text) = messages[messages.count - 1].content,
      frame.grid.plainText.contains(text.prefix(16))
    else { throw Failure(description: "the frame does not show the newest message") }
    // What the opening changed is saved before the next is measured.
    try step([]) { !$0.isReadingHistory }
    return time
  }

  /// Ends what is under way.
  func stop() { runner.stop() }

  /// Steps with `events` and what comes after them until the state is as wanted, and gives the frame that shows it.
  @discardableResult
  private func step(_ events: [Event], until isReached: (ClientState) -> Bool) throws -> Frame {
    var events = events
    while true {
      let outcome = loop.step(events, now: clock.now)
      for effect in outcome.effects { runner.run(effect) }
      if isReached(loop.state) { return outcome.frame }
      let came = hasMail.wait(upTo: .seconds(20)) { hasMail in
        defer { hasMail = false }
        return hasMail ? true : nil
      }
      guard came == true else { throw Failure(description: "nothing came for 20 s") }
      events = mailbox.drain()
    }
  }
}

extension ClientState {
  /// True while something of what is kept is being read or written.
  fileprivate var isReadingHistory: Bool {
    ledger.entries.contains { entry in
      switch entry.action {
      case .loadHistory, .openHistory, .loadMessages, .save: true
      default: false
      }
    }
  }
}
