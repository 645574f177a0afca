import ACSTypes
import ClientModel

/// Looks at one run of one client after each step: what must hold at every moment.
struct StateGuard {
  /// How often memory and all of the open thread are looked at: once in so many steps.
  private static let pause = 16

  /// What the person gave a thread, which nobody else may change.
  private struct Own: Hashable {
    var isPinned: Bool
    var isMuted: Bool
    var text: String
  }

  private let client: String
  private var looks = 0
  /// Up to where each has read, in each thread.
  private var receipts: [ChatThreadID: [CommunicationIdentifier: Int64]] = [:]
  /// The versions of the messages that were shown, and whether they were deleted.
  private var versions: [ChatThreadID: [Int64: (version: Int64, isDeleted: Bool)]] = [:]
  private var own: [ChatThreadID: Own] = [:]
  /// What the person changed in this run; before that the disk may tell it.
  private var touched: Set<ChatThreadID> = []
  private var open: ChatThreadID?

  init(_ client: String) {
    self.client = client
  }

  /// `isByPerson` tells whether somebody pressed a key or pasted.
  mutating func look(
    at state: ClientState, isByPerson: Bool, bounds: MemoryBounds
  ) -> [Violation] {
    var violations: [Violation] = []
    looks += 1
    for (id, conversation) in state.conversations {
      violations += receipts(of: conversation, id)
    }
    if let open = state.threads.open, let conversation = state.conversations[open] {
      violations += order(of: conversation, open)
      if looks % StateGuard.pause == 0 { violations += versions(of: conversation, open) }
    }
    if looks % StateGuard.pause == 1 {
      violations += bounds.check(state).map { Violation(.memory, client, $0) }
    }
    violations += own(in: state, isByPerson: isByPerson)
    return violations.sorted { $0.message < $1.message }
  }

  private mutating func receipts(
    of conversation: Conversation, _ id: ChatThreadID
  ) -> [Violation] {
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

  private mutating func versions(
    of conversation: Conversation, _ id: ChatThreadID
  ) -> [Violation] {
    var violations: [Violation] = []
    for message in conversation.messages {
      let place = message.id.place
      let now = (version: message.version, isDeleted: message.deletedOn != nil)
      if let known = versions[id]?[place] {
        if known.isDeleted, !now.isDeleted {
          violations.append(Violation(.versions, client, "\(place) was deleted and is back"))
        } else if now.version < known.version {
          violations.append(
            Violation(
              .versions, client, "\(place) went from version \(known.version) to \(now.version)"))
        }
      }
      versions[id, default: [:]][place] = now
    }
    return violations
  }

  /// What a person wrote, pinned and muted changes by them alone, and only in the thread that they have before them.
  private mutating func own(in state: ClientState, isByPerson: Bool) -> [Violation] {
    var violations: [Violation] = []
    var now: [ChatThreadID: Own] = [:]
    for entry in state.threads.entries {
      let id = entry.thread.id
      let this = Own(
        isPinned: entry.isPinned, isMuted: entry.isMuted, text: state.written(in: id))
      now[id] = this
      guard let before = own[id], before != this else { continue }
      let isTextSame = before.text == this.text
      if isByPerson, isTextSame || (open == state.threads.open && open == id) {
        touched.insert(id)
        continue
      }
      guard touched.contains(id) || isByPerson else { continue }
      violations.append(
        Violation(
          .own, client,
          isTextSame
            ? "\(entry.thread.topic) is pinned: \(this.isPinned), muted: \(this.isMuted)"
            : "\"\(this.text)\" is written in \(entry.thread.topic), where \"\(before.text)\" was"))
    }
    own = now
    open = state.threads.open
    return violations
  }
}

extension ClientState {
  /// What the person is writing in a thread, or was when they left it; not an edit.
  func written(in id: ChatThreadID) -> String {
    threads.open == id && composer.editing == nil
      ? composer.text : conversations[id]?.draft ?? ""
  }
}
