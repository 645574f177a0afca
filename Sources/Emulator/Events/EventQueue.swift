import ACSTypes
import ACSWire

/// What is to be known of the events that wait, without asking the store.
///
/// Belongs to the core, under its lock.
final class EventQueue {
  /// When an event may be due; never later than that.
  var nextDue: Timestamp?
  /// The web hooks to which events are being posted.
  var busy: Set<String> = []
  /// How often everything was forgotten or taken from a snapshot; ids of events begin again then.
  private(set) var epoch = 0

  /// Events were exchanged for others; posts of those from before may still be under way.
  func goOn(after other: EventQueue) {
    epoch = other.epoch + 1
    busy = other.busy
  }

  func look(at moment: Timestamp) { nextDue = min(nextDue ?? moment, moment) }
}

/// An event that is to be posted to a web hook, with what tells it apart.
public struct EventPost: Hashable, Sendable {
  /// Tells it from all others, also from those that a reset or a snapshot brought.
  public struct ID: Hashable, Sendable {
    let epoch: Int
    let row: Int64
  }

  /// Names it to ``Emulator/eventPosted(_:status:now:)``.
  public let id: ID
  /// What is posted.
  public let delivery: WebhookDelivery
}

extension Core {
  /// True while an event would go anywhere.
  var hasEventSubscribers: Bool { subscriptions.contains(where: \.isValidated) }

  /// Lines an event up for every web hook that wants it, as a part of the transaction under way.
  func line(
    _ type: String, _ data: JSONObject, id: String? = nil, subject: String, now: Timestamp
  ) throws {
    let takers = subscriptions.filter { $0.isValidated && $0.options.wants(type) }
    guard !takers.isEmpty else { return }
    let event = EventGridEvent(
      id: id ?? ids.guid(), topic: topic, subject: subject,
      content: .unknown(type: type, data: .object(data)), eventTime: WireTime(identity: now))
    let text = event.json.text
    try store.transaction {
      for taker in takers {
        try store.insertEvent(url: taker.url, type: type, event: text, now: now)
      }
    }
    queue.look(at: now)
  }

  /// The events that are to be posted now, for each web hook that is not busy some in order; it is busy then.
  func dueEvents(now: Timestamp) throws -> [[EventPost]] {
    guard let due = queue.nextDue, due <= now else { return [] }
    var posts: [[EventPost]] = []
    for taker in subscriptions where taker.isValidated && !queue.busy.contains(taker.url) {
      let rows = try store.dueEvents(for: taker.url, now: now, limit: Core.eventsAtOnce)
      var batch: [EventPost] = []
      for row in rows {
        if expiry(of: row, taker.options) <= now, row.attempts > 0 {
          try give(row, up: .age)
        } else {
          let body = Array("[\(row.event)]".utf8)
          let id = EventPost.ID(epoch: queue.epoch, row: row.id)
          batch.append(
            EventPost(id: id, delivery: delivery(body, to: taker, attempts: row.attempts)))
        }
      }
      guard !batch.isEmpty else { continue }
      queue.busy.insert(taker.url)
      posts.append(batch)
    }
    try findNextEvent()
    return posts
  }

  /// Posted in order, without a look at the store in between.
  private static let eventsAtOnce = 32

  /// Takes note of what came of a post.
  func eventPosted(_ id: EventPost.ID, status: Int?, now: Timestamp) throws {
    // It may be gone, with its web hook or everything.
    guard id.epoch == queue.epoch, var row = try store.event(id.row), row.dueOn != nil else {
      return
    }
    let options = subscriptions.first { $0.url == row.url }?.options ?? EventOptions()
    row.attempts += 1
    row.triedOn = now
    row.status = status.map(Int64.init)
    let outcome = EventRetry.outcome(
      status: status, attempts: row.attempts, options: options,
      expiresOn: expiry(of: row, options), now: now)
    switch outcome {
    case .delivered: try store.removeEvent(id.row)
    case .again(let moment):
      row.dueOn = moment
      try store.updateEvent(row)
    case .dead(let death): try give(row, up: death)
    }
  }

  /// A web hook may be posted to again.
  func eventsReleased(for url: String) throws {
    queue.busy.remove(url)
    try findNextEvent()
  }

  /// Looks when the next event is due to a web hook that is not busy.
  func findNextEvent() throws {
    queue.nextDue = nil
    for taker in subscriptions where taker.isValidated && !queue.busy.contains(taker.url) {
      if let moment = try store.nextEvent(for: taker.url) { queue.look(at: moment) }
    }
  }

  private func expiry(of row: EventRow, _ options: EventOptions) -> Timestamp {
    row.madeOn + .seconds(Int64(options.timeToLiveMinutes * 60))
  }

  private func give(_ row: EventRow, up death: EventDeath) throws {
    var row = row
    row.dueOn = nil
    row.death = death.rawValue
    try store.updateEvent(row)
  }
}

extension EventRow {
  /// How the administration interface tells it: the event, with the service's names for what became of it.
  var json: JSONValue {
    var object: JSONObject = ["id": .string("e\(id)"), "url": .string(url), "type": .string(type)]
    object["deliveryAttempts"] = .integer(Int64(attempts))
    object["publishTime"] = .string(madeOn.iso8601WithMilliseconds)
    object["lastDeliveryAttemptTime"] = triedOn.map { .string($0.iso8601WithMilliseconds) }
    if attempts > 0 || death != nil {
      object["lastDeliveryOutcome"] = .string(status.map { "\($0)" } ?? "NoAnswer")
    }
    object["nextDeliveryAttemptTime"] = dueOn.map { .string($0.iso8601WithMilliseconds) }
    object["deadLetterReason"] = death.map(JSONValue.string)
    object["event"] = (try? JSONValue.parse(Array(event.utf8))) ?? .null
    return .object(object)
  }
}
