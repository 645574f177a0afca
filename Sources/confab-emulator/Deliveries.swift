import ACSTypes
import Emulator
import Executor
import ServerProgram
import Services

/// Posts callbacks and events: in order for each address, tried again with growing pauses, never in the way of a request.
///
/// It also posts what Event Grid tells, proves web hooks, and tells the emulator when one of its times has come. One thread plans and otherwise
/// sleeps; the posting is done by tasks.
final class Deliveries: Sendable {
  /// How often a delivery is tried before it is given up.
  private static let attempts = 5
  /// How long a callback may take to be answered.
  private static let patience = Duration.seconds(10)

  private struct Item {
    var delivery: WebhookDelivery
    var failures = 0
    var dueOn: Timestamp
  }

  private struct Validation {
    var failures = 0
    var dueOn: Timestamp
    var isUnderWay = false
  }

  private struct Plan {
    var queues: [String: [Item]] = [:]
    var busy: Set<String> = []
    var validations: [String: Validation] = [:]
    var isStopping = false
    /// Counts up when something changed that the thread has not looked at.
    var news = 0
  }

  private let plan = Signal(Plan())
  private let emulator: Emulator
  private let exchange: any HTTPExchange
  private let executor: PosixExecutor
  private let clock = SystemClock()

  init(emulator: Emulator, exchange: any HTTPExchange, executor: PosixExecutor) {
    self.emulator = emulator
    self.exchange = exchange
    self.executor = executor
  }

  /// Begins to post.
  func start() {
    PosixThread(name: "planning") { self.run() }.detach()
  }

  /// Posts nothing more.
  func stop() {
    plan.change { $0.isStopping = true }
  }

  /// Takes deliveries, to be posted in their order.
  func add(_ deliveries: [WebhookDelivery]) {
    let now = clock.now
    plan.change { plan in
      for delivery in deliveries {
        plan.queues[delivery.url, default: []].append(Item(delivery: delivery, dueOn: now))
      }
      plan.news += 1
    }
  }

  /// Looks for new web hooks and times.
  func look() {
    plan.change { $0.news += 1 }
  }

  private func run() {
    var seen = -1
    while true {
      let now = clock.now
      add(emulator.tick(now: now))
      planValidations(now: now)
      let isOver = plan.withLock { plan in
        seen = plan.news
        return plan.isStopping
      }
      if isOver { return }
      postDue(now: now)
      postEvents(now: now)
      let known = seen
      let deadline = nextDeadline
      let body: (inout Plan) -> Void? = { $0.news != known || $0.isStopping ? () : nil }
      if let deadline {
        plan.wait(upTo: max(.milliseconds(1), deadline - clock.now), body)
      } else {
        plan.wait(body)
      }
    }
  }

  private var nextDeadline: Timestamp? {
    let calls = emulator.nextDeadline
    return plan.withLock { plan in
      let items = plan.queues.filter { !plan.busy.contains($0.key) }.compactMap(
        \.value.first?.dueOn)
      let validations = plan.validations.values.filter { !$0.isUnderWay }.map(\.dueOn)
      return (items + validations + [calls].compactMap(\.self)).min()
    }
  }

  // MARK: - Posting

  private func postDue(now: Timestamp) {
    let due = plan.withLock { plan in
      let due = plan.queues.compactMap { url, items -> WebhookDelivery? in
        guard !plan.busy.contains(url), let first = items.first, first.dueOn <= now else {
          return nil
        }
        return first.delivery
      }
      for delivery in due { plan.busy.insert(delivery.url) }
      return due
    }
    for delivery in due {
      Task(executorPreference: executor) {
        let response = await self.exchange.post(delivery, timeout: Deliveries.patience)
        self.posted(delivery.url, response)
      }
    }
  }

  /// An answer below 500 other than 408 and 429 is final: the receiver does not want it, now or later.
  private static func isFinal(_ response: HTTPResponse?) -> Bool {
    guard let status = response?.status else { return false }
    return status < 500 && status != 408 && status != 429
  }

  private func posted(_ url: String, _ response: HTTPResponse?) {
    let now = clock.now
    let isDone = Deliveries.isFinal(response)
    if isDone, response?.isSuccess != true { complain(url, "answered \(response?.status ?? 0)") }
    plan.change { plan in
      plan.busy.remove(url)
      plan.news += 1
      guard var items = plan.queues[url], !items.isEmpty else { return }
      items[0].failures += 1
      if isDone || items[0].failures >= Deliveries.attempts {
        if !isDone { complain(url, "did not take it in \(Deliveries.attempts) tries") }
        items.removeFirst()
      } else {
        items[0].dueOn = now + Deliveries.pause(after: items[0].failures)
      }
      plan.queues[url] = items.isEmpty ? nil : items
    }
  }

  /// The end of an address may be a secret, so only its beginning is told.
  private func complain(_ url: String, _ what: String) {
    let origin = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
      .prefix(3).joined(separator: "/")
    StandardStreams.error("confab-emulator: an event for \(origin) is given up: it \(what)")
  }

  /// Event Grid's events, whose tries the emulator plans.
  private func postEvents(now: Timestamp) {
    for posts in emulator.dueEvents(now: now) {
      Task(executorPreference: executor) {
        for post in posts {
          let response = await self.exchange.post(post.delivery, timeout: .seconds(30))
          self.emulator.eventPosted(post.id, status: response?.status, now: self.clock.now)
        }
        if let url = posts.first?.delivery.url { self.emulator.eventsReleased(for: url) }
        self.look()
      }
    }
  }

  /// 0.2, 0.4, 0.8, … s, 5 s at most.
  private static func pause(after failures: Int) -> Duration {
    min(.seconds(5), .milliseconds(100 << Int64(min(failures, 6))))
  }

  // MARK: - Web hooks

  private func planValidations(now: Timestamp) {
    let open = Set(emulator.subscriptions.filter(\.needsValidation).map(\.id))
    let due = plan.withLock { plan in
      plan.validations = plan.validations.filter { open.contains($0.key) }
      for id in open where plan.validations[id] == nil {
        plan.validations[id] = Validation(dueOn: now)
      }
      let due = plan.validations.filter { !$0.value.isUnderWay && $0.value.dueOn <= now }.map(\.key)
      for id in due { plan.validations[id]?.isUnderWay = true }
      return due
    }
    for id in due {
      guard let delivery = emulator.validation(of: id, now: now) else { continue }
      Task(executorPreference: executor) {
        let response = await self.exchange.post(delivery, timeout: Deliveries.patience)
        let now = self.clock.now
        let isRight = response.map { self.emulator.validated(id, by: $0, now: now) } ?? false
        self.validated(id, isRight: isRight)
      }
    }
  }

  private func validated(_ id: String, isRight: Bool) {
    let now = clock.now
    plan.change { plan in
      plan.news += 1
      guard !isRight else {
        plan.validations[id] = nil
        return
      }
      plan.validations[id]?.isUnderWay = false
      plan.validations[id]?.failures += 1
      let failures = plan.validations[id]?.failures ?? 1
      plan.validations[id]?.dueOn = now + Deliveries.pause(after: failures)
    }
  }
}
