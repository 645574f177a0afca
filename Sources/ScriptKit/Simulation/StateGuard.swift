import ACSTypes
import ClientModel

/// Looks at one run of one client after each step: what must hold at every moment.
struct StateGuard {
  /// Requests under way at the most: each kind for each thread at most once, and some for the whole.
  private static let ledgerLimit = 200

  private let client: String
  /// Up to where each has read, in each thread.
  private var receipts: [ChatThreadID: [CommunicationIdentifier: Int64]] = [:]

  init(_ client: String) {
    self.client = client
  }

  mutating func look(at state: ClientState) -> [Violation] {
    var violations: [Violation] = []
    if state.ledger.entries.count > StateGuard.ledgerLimit {
      violations.append(
        Violation(.memory, client, "\(state.ledger.entries.count) effects are under way"))
    }
    for (id, conversation) in state.conversations {
      violations += look(at: conversation, of: id)
    }
    if let open = state.threads.open, let conversation = state.conversations[open] {
      violations += order(of: conversation, open)
    }
    return violations.sorted { $0.message < $1.message }
  }

  private mutating func look(at conversation: Conversation, of id: ChatThreadID) -> [Violation] {
    var violations: [Violation] = []
    for (person, receipt) in conversation.receipts {
      let place = receipt.messageID.place
      let before = receipts[id]?[person] ?? 0
      if place < before {
        violations.append(
          Violation(.receipts, client, "\(person.rawID) went from \(before) to \(place)"))
      }
      receipts[id, default: [:]][person] = place
    }
    if conversation.messages.count > Conversation.window + 200 {
      violations.append(
        Violation(.memory, client, "\(conversation.messages.count) messages in one thread"))
    }
    return violations
  }

  private func order(of conversation: Conversation, _ id: ChatThreadID) -> [Violation] {
    let messages = conversation.messages
    return messages.indices.dropFirst().compactMap { index in
      let (before, place) = (messages.place(at: index - 1), messages.place(at: index))
      guard before >= place else { return nil }
      return Violation(.order, client, "\(place) comes after \(before) in \(id.rawValue)")
    }
  }
}
