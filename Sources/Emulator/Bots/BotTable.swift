import ACSTypes
import ACSWire

/// A participant that answers by rules.
struct Bot: Sendable {
  let name: String
  let displayName: String
  let script: BotScript
}

/// The bots, and what they are about to do.
struct BotTable {
  /// Something that a bot does in a thread.
  enum Act: Sendable {
    case read(message: Int64)
    case type
    case say(String, type: String)
  }

  /// When who does what where.
  struct Plan: Sendable {
    let dueOn: Timestamp
    let identity: String
    let thread: String
    let act: Act
  }

  /// More is not planned: whoever writes faster than that is not answered to everything.
  private static let capacity = 10_000

  /// By their identities.
  var scripts: [String: Bot] = [:]
  private var plans: [Plan] = []

  var count: Int { scripts.count }
  var isEmpty: Bool { scripts.isEmpty }

  /// When the next of them does something.
  var nextDeadline: Timestamp? { plans.map(\.dueOn).min() }

  /// Something happened in a thread: whoever is told of it and has an answer plans it.
  mutating func notice(_ noted: NotedEvent) {
    switch noted.event {
    case .messageReceived(let message):
      // Bots that answer each other would never end.
      guard let sender = message.sender, scripts[sender] == nil else { return }
      for identity in noted.recipients {
        guard let bot = scripts[identity] else { continue }
        answer(message, in: noted, as: bot, identity)
      }
    case .participantsAdded(let people), .threadCreated(let people):
      for person in people {
        guard let bot = scripts[person.identity], let greeting = bot.script.greeting else {
          continue
        }
        say([greeting], type: "text", in: noted, as: bot, person.identity)
      }
    default: return
    }
  }

  private mutating func answer(
    _ message: MessageRow, in noted: NotedEvent, as bot: Bot, _ identity: String
  ) {
    if bot.script.reads {
      plan(.read(message: message.id), in: noted, by: identity, after: .zero)
    }
    let words = words(in: noted, as: bot, sender: message.displayName)
    say(
      bot.script.replies(to: message.content, words: words), type: message.type, in: noted, as: bot,
      identity)
  }

  private mutating func say(
    _ texts: [String], type: String, in noted: NotedEvent, as bot: Bot, _ identity: String
  ) {
    if bot.script.types, !texts.isEmpty { plan(.type, in: noted, by: identity, after: .zero) }
    for (place, text) in texts.enumerated() {
      plan(
        .say(BotScript.filled(text, words(in: noted, as: bot, sender: nil)), type: type), in: noted,
        by: identity, after: bot.script.pause * (place + 1))
    }
  }

  private func words(in noted: NotedEvent, as bot: Bot, sender: String?) -> [String: String] {
    [
      "sender": sender ?? noted.sender.displayName ?? "somebody", "topic": noted.thread.topic,
      "me": bot.displayName,
    ]
  }

  private mutating func plan(
    _ act: Act, in noted: NotedEvent, by identity: String, after pause: Duration
  ) {
    guard plans.count < BotTable.capacity else { return }
    plans.append(
      Plan(dueOn: noted.moment + pause, identity: identity, thread: noted.thread.id, act: act))
  }

  /// What is due, in the order in which it is to be done.
  mutating func take(dueBy now: Timestamp) -> [Plan] {
    guard plans.contains(where: { $0.dueOn <= now }) else { return [] }
    let due = plans.filter { $0.dueOn <= now }
    plans.removeAll { $0.dueOn <= now }
    // Sorting keeps the order of what is due at the same time.
    return due.enumerated().sorted { ($0.element.dueOn, $0.offset) < ($1.element.dueOn, $1.offset) }
      .map(\.element)
  }
}
