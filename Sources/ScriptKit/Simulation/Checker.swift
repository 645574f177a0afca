import ACSTypes
import ClientModel
import LocalStore
import Services

/// Holding every client's view against what the service has, after all troubles.
extension Simulation {
  func check() {
    checkRest()
    guard violations.isEmpty else { return }
    checkUnread(serviceViews())
    restart()
    checkRest()
    guard !violations.contains(where: { $0.rule == .rest }) else { return }
    let views = serviceViews()
    guard views.count == world.clients.count else { return }
    checkUnread(views)
    for (client, view) in zip(world.clients, views) { lookAtEveryThread(client, view) }
    for (client, view) in zip(world.clients, views) { checkSearch(client, view) }
    checkSending(views)
    checkChanges(views)
    checkEffects()
    for client in world.clients { checkRecording(client) }
    checkRest()
  }

  func report(_ rule: Violation.Rule, _ client: SimulatedClient?, _ message: String) {
    violations.append(Violation(rule, client?.name ?? "", message))
  }

  // MARK: - Rest

  private func checkRest() {
    if world.isSpinning { return report(.rest, nil, "something goes on for ever at one moment") }
    for client in world.clients where !client.isAtRest {
      guard let state = client.state else {
        report(.rest, client, "it does not run")
        continue
      }
      report(
        .rest, client,
        """
        \(state.connectionStatus.kind), \(state.outbox.waitingCount) changes wait, \
        \(state.unsaved.changes.count) are not saved, \
        problem \(state.connection.problem?.error.message ?? state.session.problem?.error.message ?? "none")
        """)
    }
  }

  private func serviceViews() -> [ServiceView] {
    devices.enumerated().compactMap { number, device in
      let view = world.finish(within: .seconds(120)) {
        await Result { () async throws -> ServiceView in try await ServiceView.read(by: device) }
      }
      switch view {
      case .success(let view)?: return view
      case .failure(let error)?:
        report(.rest, world.clients[number], "the service cannot be read: \(error)")
      case nil: report(.rest, world.clients[number], "the service cannot be read in time")
      }
      return nil
    }
  }

  // MARK: - Views

  /// Opens each thread as the person would, and compares what is there then.
  private func lookAtEveryThread(_ client: SimulatedClient, _ view: ServiceView) {
    compareThreads(client, view)
    if let open = view.threads.first(where: { $0.thread.id == client.state?.threads.open }) {
      comparePeople(client, open)
    }
    for thread in view.threads {
      guard let index = client.state?.threads.index(of: thread.thread.id) else { continue }
      client.open(index)
      world.advance(by: .seconds(8))
      guard client.state?.threads.open == thread.thread.id else {
        report(.sameThreads, client, "\(thread.thread.topic) does not open")
        continue
      }
      pageToBeginning(client, thread)
      compareMessages(client, thread)
      comparePeople(client, thread)
      compareDisk(client, thread)
    }
    for entry in client.state?.threads.entries.map(\.self) ?? []
    where entry.standing == .member && (entry.isUnread || entry.unreadCount > 0) {
      report(.unread, client, "\(entry.thread.topic) is unread after it was opened")
    }
  }

  private func compareThreads(_ client: SimulatedClient, _ view: ServiceView) {
    guard let state = client.state else { return }
    for thread in view.threads.map(\.thread) {
      guard let entry = state.threads.entry(thread.id), entry.standing == .member else {
        report(.sameThreads, client, "\(thread.topic) is not in the list, or not to be written to")
        continue
      }
      if entry.thread.topic != thread.topic {
        report(.sameThreads, client, "\(thread.topic) is called \(entry.thread.topic)")
      }
    }
    let known = Set(view.threads.map(\.thread.id))
    for entry in state.threads.entries
    where entry.standing == .member && !known.contains(entry.thread.id) {
      report(.sameThreads, client, "\(entry.thread.topic) is in the list and not theirs")
    }
  }

  private func comparePeople(_ client: SimulatedClient, _ thread: ServiceView.Thread) {
    let shown = client.state?.conversations[thread.thread.id]?.participants ?? []
    let (given, wanted) = (
      shown.map(\.identifier.rawID), thread.participants.map(\.identifier.rawID)
    )
    guard given.sorted() != wanted.sorted() else { return }
    report(
      .samePeople, client,
      "\(thread.thread.topic) has \(given.count) people, \(wanted.count) at the service")
  }

  /// Goes up to the oldest message and waits until what is shown is what the service has.
  private func pageToBeginning(_ client: SimulatedClient, _ thread: ServiceView.Thread) {
    let id = thread.thread.id
    for _ in 0..<200 where client.state?.conversations[id]?.hasBeginning != true {
      client.goToComposer()
      client.press("PgUp")
      world.advance(by: .milliseconds(500))
    }
    guard let conversation = client.state?.conversations[id], conversation.hasBeginning else {
      return report(.sameMessages, client, "\(thread.thread.topic) has no beginning")
    }
    for _ in 0..<(conversation.messages.count / 4) { client.press("PgUp") }
    world.advance(upTo: .seconds(60)) { self.isSame(client, thread) }
  }

  private func isSame(_ client: SimulatedClient, _ thread: ServiceView.Thread) -> Bool {
    guard let shown = client.state?.conversations[thread.thread.id]?.messages else { return false }
    return shown.count == thread.messages.count
      && zip(shown, thread.messages).allSatisfy { $1.isSame(as: $0) }
  }

  private func compareMessages(_ client: SimulatedClient, _ thread: ServiceView.Thread) {
    guard let conversation = client.state?.conversations[thread.thread.id] else { return }
    let shown = conversation.messages.map(\.self)
    let expected = thread.messages
    if shown.isEmpty, !thread.messages.isEmpty {
      return report(.sameMessages, client, "\(thread.thread.topic) shows nothing")
    }
    let topic = thread.thread.topic
    let shownByID = Dictionary(shown.map { ($0.id, $0) }) { first, _ in first }
    for message in expected {
      guard let other = shownByID[message.id] else {
        report(.sameMessages, client, "\(topic) lacks \(message.words)")
        continue
      }
      if !message.isSame(as: other) {
        report(.sameMessages, client, "\(topic) shows \(other.words) for \(message.words)")
      }
    }
    let known = Set(expected.map(\.id))
    for message in shown where !known.contains(message.id) {
      report(.sameMessages, client, "\(topic) shows \(message.words), which is not there")
    }
  }

  private func compareDisk(_ client: SimulatedClient, _ thread: ServiceView.Thread) {
    guard let conversation = client.state?.conversations[thread.thread.id] else { return }
    let store = client.disk.store
    let id = thread.thread.id
    let kept = world.finish(within: .seconds(1)) {
      (try? await store.messages(in: id, before: nil, limit: 100_000)) ?? []
    }
    let byID = Dictionary((kept ?? []).map { ($0.id, $0) }) { first, _ in first }
    for message in conversation.messages {
      guard let other = byID[message.id] else {
        report(.disk, client, "\(thread.thread.topic): \(message.words) is not kept")
        continue
      }
      if !message.isSame(as: other) {
        report(.disk, client, "\(thread.thread.topic): \(other.words) is kept for \(message.words)")
      }
    }
  }

  // MARK: - Sending

  private func checkSending(_ views: [ServiceView]) {
    // Two threads may have messages of one id.
    var alive: Set<MessageKey> = []
    var readable: Set<ChatThreadID> = []
    for thread in views.flatMap(\.threads) {
      readable.insert(thread.thread.id)
      for message in thread.messages where message.deletedOn == nil {
        alive.insert(MessageKey(thread: thread.thread.id, message: message.id))
      }
    }
    let sent = Dictionary(grouping: world.servers.sent.entries.filter { $0.clientID != nil }) {
      $0.clientID ?? ""
    }
    let deleted = Set(
      intents.entries.compactMap { entry -> MessageKey? in
        guard case .delete(let id) = entry.record.intent, entry.isByPerson else { return nil }
        return MessageKey(thread: entry.record.thread, message: id)
      })
    for entry in intents.entries {
      let client = world.clients.first { $0.name == entry.client }
      let waiting = client?.state?.outbox[entry.record.thread].first {
        $0.record.clientID == entry.record.clientID
      }
      if waiting == nil, !entry.isSettled, !entry.mayBeLost {
        report(.accounted, client, "\(entry.record.words) was forgotten")
      }
      guard case .send = entry.record.intent, readable.contains(entry.record.thread) else {
        continue
      }
      // Who was taken out of a thread can no longer delete what was delivered twice.
      let isThere = zip(world.clients, views).contains { client, view in
        client.name == entry.client
          && view.threads.contains { $0.thread.id == entry.record.thread }
      }
      let ids = Set(
        sent[entry.record.clientID, default: []].map {
          MessageKey(thread: $0.thread, message: $0.id)
        })
      let count = ids.intersection(alive).count
      if count > 1, isThere {
        let places = ids.intersection(alive).map(\.message.rawValue).sorted()
          .joined(separator: ", ")
        report(.exactlyOnce, client, "\(entry.record.words) is there \(count) times: \(places)")
      } else if count == 0, entry.isSettled, !entry.isWithdrawn, ids.isDisjoint(with: deleted) {
        report(.exactlyOnce, client, "\(entry.record.words) is held for sent and is not there")
      }
    }
  }

  /// Edits and deletions that a client holds for done are at the service, unless a later one took their place.
  private func checkChanges(_ views: [ServiceView]) {
    // Two threads may have messages of one id.
    var service: [MessageKey: ChatMessage] = [:]
    for thread in views.flatMap(\.threads) {
      for message in thread.messages {
        service[MessageKey(thread: thread.thread.id, message: message.id)] = message
      }
    }
    var changed: Set<MessageKey> = []
    for entry in intents.entries.reversed() {
      guard let message = entry.record.intent.target else { continue }
      let target = MessageKey(thread: entry.record.thread, message: message)
      let isLast = changed.insert(target).inserted
      guard entry.isSettled, !entry.isWithdrawn, let message = service[target],
        message.deletedOn == nil
      else { continue }
      let client = world.clients.first { $0.name == entry.client }
      switch entry.record.intent {
      case .edit(_, let text) where isLast && message.content != .text(text):
        report(.accounted, client, "\(entry.record.words) is held for done, not \(message.words)")
      case .delete:
        report(.accounted, client, "\(entry.record.words) is held for done, not \(message.words)")
      default: break
      }
    }
  }

  // MARK: - Effects

  private func checkEffects() {
    for client in world.clients {
      guard let state = client.state else { continue }
      for entry in state.ledger.entries where entry.deadline < client.machineClock.now {
        report(
          .effects, client, "\(Effect(id: entry.id, action: entry.action).traceLine) is overdue")
      }
      let ledger = Set(state.ledger.entries.map(\.id))
      for id in client.effectsUnderWay.subtracting(ledger).sorted(by: { $0.rawValue < $1.rawValue })
      {
        report(.effects, client, "effect \(id.rawValue) is under way and not expected")
      }
      for id in ledger.subtracting(client.effectsUnderWay).sorted(by: { $0.rawValue < $1.rawValue })
      {
        report(.effects, client, "effect \(id.rawValue) is expected and not under way")
      }
    }
  }
}

extension Result where Failure == any Error {
  fileprivate init(_ body: () async throws -> Success) async {
    do {
      self = .success(try await body())
    } catch {
      self = .failure(error)
    }
  }
}

extension ChatMessage {
  func isSame(as other: ChatMessage) -> Bool {
    guard id == other.id, version == other.version, sender == other.sender,
      createdOn.seconds == other.createdOn.seconds,
      deletedOn?.seconds == other.deletedOn?.seconds
    else { return false }
    // Of what was deleted, nothing else is told.
    return deletedOn != nil
      || (content == other.content && senderDisplayName == other.senderDisplayName
        && editedOn?.seconds == other.editedOn?.seconds)
  }

  var words: String {
    deletedOn == nil
      ? "\(id.rawValue) \(content) of version \(version)" : "\(id.rawValue) deleted in \(version)"
  }
}

extension OutboxRecord {
  fileprivate var words: String {
    switch intent {
    case .send(let text): "sending \"\(text)\""
    case .edit(let id, let text): "editing \(id.rawValue) to \"\(text)\""
    case .delete(let id): "deleting \(id.rawValue)"
    }
  }
}

/// A message wherever it is.
private struct MessageKey: Hashable {
  var thread: ChatThreadID
  var message: ChatMessageID
}
