import ACSTypes
import ClientModel

/// Killing every client once all is quiet, to see that they come back as they were.
extension Simulation {
  func restart() {
    let before = world.clients.map { Kept($0) }
    for number in world.clients.indices {
      kill(number)
      start(number)
    }
    world.advance(upTo: .seconds(600)) { world.clients.allSatisfy(\.isAtRest) }
    world.advance(by: .seconds(90))
    for (client, kept) in zip(world.clients, before) { compare(client, kept) }
  }

  private func compare(_ client: SimulatedClient, _ before: Kept) {
    let after = Kept(client)
    for (id, thread) in before.threads.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      guard let now = after.threads[id] else {
        report(.own, client, "\(thread.topic) is not there after a kill")
        continue
      }
      // The one that is opened at the start is seen then.
      let isOpen = client.state?.threads.open == id
      if !isOpen, now.unread != thread.unread {
        report(
          .unread, client,
          "\(thread.topic) says \(now.unread) after a kill, \(thread.unread) before")
      }
      for (person, place) in thread.receipts where now.receipts[person] ?? 0 < place {
        report(
          .receipts, client,
          "\(person.rawID) went from \(place) to \(now.receipts[person] ?? 0) by a kill")
      }
      if now.kept != thread.kept { report(.own, client, "\(thread) became \(now) by a kill") }
    }
  }

  func checkRecording(_ client: SimulatedClient) {
    if let fault = client.recordingFault { report(.replay, client, fault) }
  }
}

/// What must outlive a client.
private struct Kept {
  struct Thread: Hashable, CustomStringConvertible {
    var topic: String
    var standing: ThreadStanding
    var isPinned: Bool
    var isMuted: Bool
    var draft: String
    var unread: Int
    /// Up to where each of the others has read.
    var receipts: [CommunicationIdentifier: Int64]

    /// What no start changes.
    var kept: Thread {
      var kept = self
      kept.unread = 0
      kept.receipts = [:]
      return kept
    }

    var description: String {
      "\(topic) (\(standing)\(isPinned ? ", pinned" : "")\(isMuted ? ", muted" : ""), \"\(draft)\")"
    }
  }

  private(set) var threads: [ChatThreadID: Thread] = [:]

  init(_ client: SimulatedClient) {
    guard let state = client.state else { return }
    for entry in state.threads.entries {
      threads[entry.thread.id] = Thread(
        topic: entry.thread.topic, standing: entry.standing, isPinned: entry.isPinned,
        isMuted: entry.isMuted, draft: state.written(in: entry.thread.id),
        unread: entry.unreadCount,
        receipts: state.conversations[entry.thread.id]?.receipts.mapValues(\.messageID.place)
          ?? [:])
    }
  }
}
