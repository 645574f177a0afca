import ACSTypes
import Configuration
import Services
import Synchronization
import TestKit
import Testing

@testable import confab

/// A service with one thread, that can be away.
private final class FlakyChat: UnaskedChat {
  private struct State {
    var messages: [ChatMessage] = []
    var isAway = false
  }

  static let thread = ChatThreadID("19:a@thread.v2")
  private let state = Mutex(State())

  func set(isAway: Bool) { state.withLock { $0.isAway = isAway } }

  func say(_ text: String, at moment: Timestamp) {
    state.withLock { state in
      state.messages.append(
        ChatMessage(
          id: ChatMessageID(String(moment.milliseconds)),
          sequenceID: Int64(state.messages.count + 1), version: moment.milliseconds,
          content: .text(text), createdOn: moment))
    }
  }

  private func present() throws -> [ChatMessage] {
    let state = state.withLock { $0 }
    guard !state.isAway else { throw ServiceError(.unreachable, "Nothing answers.") }
    return state.messages
  }

  func threads(next: String?) async throws -> Page<ChatThread> {
    let last = try present().last?.createdOn
    return Page(values: [
      ChatThread(id: FlakyChat.thread, topic: "Harbour", lastMessageReceivedOn: last)
    ])
  }

  func messages(in thread: ChatThreadID, startTime: Timestamp?, next: String?) async throws
    -> Page<ChatMessage>
  {
    Page(values: try present().reversed())
  }
}

/// A channel that connects each time it is asked, and ends when a test says so.
private final class FlakyChannel: ChatEventChannel {
  private let end = Mutex<CheckedContinuation<Void, any Error>?>(nil)

  func drop() {
    end.withLock { end in
      defer { end = nil }
      return end
    }?.resume(throwing: ServiceError(.unreachable, "The connection ended."))
  }

  func run(_ receive: @escaping @Sendable (ChatEventSignal) -> Void) async throws {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        end.withLock { $0 = continuation }
        receive(.connected)
      }
    } onCancel: {
      drop()
    }
  }
}

@Suite("confab chat watch")
struct ChatWatchTests {
  private let clock = ManualClock()
  private let chat = FlakyChat()
  private let channel = FlakyChannel()

  /// What is told and mentioned, one after the other.
  private func watching(
    _ body: (SteppedTimer, inout AsyncStream<String>.Iterator) async throws -> Void
  ) async throws {
    let timer = SteppedTimer(clock)
    var polling = ClientConfiguration.Polling()
    polling.open = .seconds(60)
    let (lines, post) = AsyncStream<String>.makeStream()
    let watch = ChatWatch(
      chat: chat, events: channel, polling: polling, only: nil, clock: clock,
      timer: timer, random: SeededRandom(seed: 1)
    ) { post.yield($0) }
    try await withThrowingTaskGroup { group in
      let started = clock.now
      group.addTask {
        var reading = ThreadReading(startedOn: started)
        try? await watch.run(&reading) { news, _ in
          if case .received(_, let message) = news, case .text(let text) = message.content {
            post.yield(text)
          }
        }
      }
      var iterator = lines.makeAsyncIterator()
      try await body(timer, &iterator)
      group.cancelAll()
    }
  }

  @Test(
    "a failure while events come is tried again within seconds, not after the pause that ran",
    .timeLimit(.minutes(1)))
  func soonAgain() async throws {
    chat.say("before", at: clock.now)
    try await watching { timer, lines in
      await timer.waiting(1)
      #expect(timer.nextEnd.map { $0 - clock.now } == .seconds(60))
      chat.set(isAway: true)
      channel.drop()
      #expect(await lines.next()?.contains("Trying again") == true)
      // The long pause, the short one, and the channel's own.
      await timer.waiting(3)
      chat.set(isAway: false)
      clock.advance(by: .milliseconds(100))
      chat.say("meanwhile", at: clock.now)
      timer.advance(by: .milliseconds(1200))
      #expect(
        Set([await lines.next(), await lines.next()]) == [
          "meanwhile", "confab: the service is there again.",
        ])
    }
  }
}
