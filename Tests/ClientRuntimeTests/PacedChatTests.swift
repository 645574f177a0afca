import ACSTypes
import ClientRuntime
import Services
import Synchronization
import TestKit
import Testing

/// A thread of very many pages at a service that counts.
private final class LongThread: UnaskedChat {
  private struct State {
    var moments: [Timestamp] = []
    var refusals: [Int]
  }

  private let clock: ManualClock
  private let pages: Int
  private let state: Mutex<State>

  private let retryAfter: Duration?

  /// One that wants the requests `refusals` later.
  init(
    pages: Int, refusals: [Int] = [], retryAfter: Duration? = .seconds(30), _ clock: ManualClock
  ) {
    self.pages = pages
    self.retryAfter = retryAfter
    self.clock = clock
    state = Mutex(State(refusals: refusals))
  }

  var moments: [Timestamp] { state.withLock { $0.moments } }

  func messages(in thread: ChatThreadID, startTime: Timestamp?, next: String?) async throws
    -> Page<ChatMessage>
  {
    let isRefused = state.withLock { state in
      state.moments.append(clock.now)
      return state.refusals.contains(state.moments.count)
    }
    if isRefused { throw ServiceError(.throttled, "Slow.", retryAfter: retryAfter) }
    let page = next.flatMap { Int($0) } ?? 0
    return Page(values: [], nextLink: page + 1 < pages ? String(page + 1) : nil)
  }
}

@Suite("Chat at the service's pace")
struct PacedChatTests {
  private let thread = ChatThreadID("19:a@thread.v2")

  private func readAll(_ chat: some ChatService) async throws -> Int {
    var next: String?
    var count = 0
    repeat {
      next = try await chat.messages(in: thread, startTime: nil, next: next).nextLink
      count += 1
    } while next != nil
    return count
  }

  @Test("a thread of five hundred pages is read whole, within the limits")
  func longThread() async throws {
    let clock = ManualClock()
    let service = LongThread(pages: 500, clock)
    let chat = PacedChat(service, clock: clock, timer: ManualTimer(clock))
    #expect(try await readAll(chat) == 500)
    let moments = service.moments
    for index in moments.indices {
      if index >= 50 { #expect(moments[index] - moments[index - 50] > .seconds(10)) }
      if index >= 200 { #expect(moments[index] - moments[index - 200] > .seconds(60)) }
    }
    #expect(clock.now - moments[0] < .seconds(300))
  }

  @Test("a page that the service wants later is asked again then, and not for ever")
  func retryAfter() async throws {
    let clock = ManualClock()
    let service = LongThread(pages: 3, refusals: [2], clock)
    let chat = PacedChat(service, clock: clock, timer: ManualTimer(clock))
    #expect(try await readAll(chat) == 3)
    #expect(service.moments.count == 4)
    #expect(service.moments[2] - service.moments[1] >= .seconds(30))
  }

  /// Reads a page of a service that refuses for ever; what was told of the waits, how it failed, and after how long.
  private func refused(
    retryAfter: Duration?
  ) async -> (told: [RequestWait], error: ServiceError?, requests: Int, took: Duration) {
    let clock = ManualClock()
    let start = clock.now
    let deaf = LongThread(pages: 3, refusals: Array(1...1000), retryAfter: retryAfter, clock)
    let told = Mutex<[RequestWait]>([])
    let chat = PacedChat(deaf, clock: clock, timer: ManualTimer(clock)) { wait in
      told.withLock { $0.append(wait) }
    }
    var error: ServiceError?
    do { _ = try await readAll(chat) } catch let failure { error = failure as? ServiceError }
    return (told.withLock(\.self), error, deaf.moments.count, clock.now - start)
  }

  @Test("whom the service asks to wait too long is told at once, with the time")
  func longWait() async {
    let (told, error, requests, took) = await refused(retryAfter: .seconds(3600))
    #expect(told.isEmpty && requests == 1 && took == .zero)
    #expect(error?.code == .throttled && error?.retryAfter == .seconds(3600))
    #expect(error?.message.contains("3600 s (messages)") == true)
  }

  @Test("patience is in time: waits that are each short enough are not in sum")
  func patience() async {
    let (told, error, requests, took) = await refused(retryAfter: .seconds(50))
    #expect(requests == 3 && took == .seconds(100))
    #expect(error?.retryAfter == .seconds(50))
    #expect(
      error?.message.contains(
        "50 s more (messages), with the 100 s before longer than the 120 s that are waited") == true
    )
    #expect(told.map(\.duration) == [.seconds(50), .seconds(50)])
    #expect(told.allSatisfy { $0.isAsked && $0.kind == .messages(thread) })
  }

  @Test("patience that began before is for all requests together")
  func patienceOfAll() async throws {
    let clock = ManualClock()
    let service = LongThread(pages: 3, refusals: [1, 3], retryAfter: .seconds(50), clock)
    let chat = PacedChat(
      service, clock: clock, timer: ManualTimer(clock), patience: .seconds(60), since: clock.now)
    let start = clock.now
    await #expect(throws: ServiceError.self) { try await readAll(chat) }
    #expect(service.moments.count == 3 && clock.now - start == .seconds(50))
  }

  @Test("a service that refuses without a time, or with a short one, is not asked for ever")
  func tries() async {
    for retryAfter in [nil, .zero, .seconds(1)] as [Duration?] {
      let (told, error, requests, took) = await refused(retryAfter: retryAfter)
      #expect(requests == 9 && took <= .seconds(40) && error?.code == .throttled)
      #expect(told.count == (retryAfter == nil ? 8 : 0))
    }
  }

  @Test("a wait of two seconds is told though a little of it has passed")
  func shortestWaitTold() async {
    let (told, _, _, _) = await refused(retryAfter: .milliseconds(1990))
    #expect(told.map(\.seconds) == Array(repeating: 2, count: 8))
  }

  @Test("waits for the service's limits are told, too, and are not asked for")
  func ownWaits() async throws {
    let clock = ManualClock()
    let told = Mutex<[RequestWait]>([])
    let chat = PacedChat(LongThread(pages: 100, clock), clock: clock, timer: ManualTimer(clock)) {
      wait in told.withLock { $0.append(wait) }
    }
    #expect(try await readAll(chat) == 100)
    let waits = told.withLock(\.self)
    #expect(waits.map(\.seconds) == [11, 11] && waits.allSatisfy { !$0.isAsked })
  }
}
