import ACSTypes

@testable import ClientModel

/// Counts a user's requests as the service does, and tells which it would have refused (WIRE 4.5).
final class ServiceLimits {
  /// The requests that were too many, in words.
  private(set) var broken: [String] = []
  private var times: [String: [Timestamp]] = [:]

  /// A request goes out.
  func count(_ action: Effect.Action, at now: Timestamp) {
    switch action {
    case .listThreads, .readThread: check("threads", now, (50, 10))
    case .listMessages(let id, _), .findSent(let id, _, _):
      check("messages \(id.rawValue)", now, (50, 10), (200, 60))
    case .listParticipants(let id): check("people \(id.rawValue)", now, (10, 10))
    case .listReceipts(let id): check("receipts \(id.rawValue)", now, (5, 10))
    case .sendReadReceipt(let id, _): check("marks \(id.rawValue)", now, (10, 10), (30, 60))
    case .sendTyping(let id): check("typing \(id.rawValue)", now, (5, 10), (15, 60))
    case .send(let id, _, _), .edit(let id, _, _, _), .delete(let id, _, _):
      check("changes \(id.rawValue)", now, (10, 10), (30, 60))
    case .addParticipants(let id, _), .removeParticipant(let id, _):
      check("membership \(id.rawValue)", now, (10, 10), (30, 60))
    case .updateTopic(let id, _): check("topic \(id.rawValue)", now, (5, 10))
    case .createThread: check("creations", now, (10, 10))
    // The trusted service's own: ten a second, sixty at once.
    case .findPeople, .namePeople: check("directory", now, (60, 10))
    default: break
    }
  }

  private func check(
    _ name: String, _ now: Timestamp, _ rules: (count: Int, seconds: Int64)...
  ) {
    var sent = times[name] ?? []
    for rule in rules {
      let start = now - .seconds(rule.seconds)
      if sent.count(where: { $0 > start }) >= rule.count {
        broken.append("\(name): more than \(rule.count) in \(rule.seconds) s")
      }
    }
    sent.append(now)
    if sent.count > 300 { sent.removeFirst() }
    times[name] = sent
  }
}
