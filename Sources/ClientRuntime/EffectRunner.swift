import ACSTypes
public import ClientModel
import Executor
public import Services

/// Runs effects as tasks on the one executor and posts what comes of them.
///
/// It owns its tasks: each is known by its effect's id until it ends, can be cancelled by it, and ``stop()`` ends all.
public final class EffectRunner: Sendable {
  private let services: ClientServices
  private let mailbox: Mailbox
  private let clock: any WallClock
  private let executor: any TaskExecutor
  private let displayName: String
  private let state = Signal(State())

  private struct State {
    /// Those whose results are wanted.
    var tasks: [EffectID: Task<Void, Never>] = [:]
    /// Tasks that have not ended, cancelled ones included.
    var running = 0
  }

  /// A runner with nothing under way.
  public init(
    services: ClientServices, mailbox: Mailbox, clock: any WallClock,
    executor: any TaskExecutor, displayName: String
  ) {
    self.services = services
    self.clock = clock
    self.mailbox = mailbox
    self.executor = executor
    self.displayName = displayName
  }

  /// Starts an effect; its end comes as ``Event/finished(_:_:)``.
  public func run(_ effect: Effect) {
    if case .cancel(let id) = effect.action {
      state.withLock { $0.tasks.removeValue(forKey: id) }?.cancel()
      return
    }
    state.withLock { state in
      state.running += 1
      state.tasks[effect.id] = Task(executorPreference: executor) {
        let result = await self.result(of: effect.action)
        let isWanted = self.state.change { state in
          state.running -= 1
          return state.tasks.removeValue(forKey: effect.id) != nil
        }
        if isWanted { self.mailbox.post(.finished(effect.id, result)) }
      }
    }
  }

  /// Cancels all that is under way; nothing is posted any more.
  public func stop() {
    let all = state.withLock { state in
      // In their order, so that a world on virtual time repeats itself.
      let all = state.tasks.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value)
      state.tasks = [:]
      return all
    }
    for task in all { task.cancel() }
  }

  /// Waits on this thread until what was under way has ended: what is written is on the disk, and the service knows that
  /// nobody listens any more.
  ///
  /// - Parameter limit: After which it is left to itself.
  /// - Returns: Whether all has ended.
  @discardableResult
  public func waitForEnd(upTo limit: Duration) -> Bool {
    state.wait(upTo: limit) { $0.running == 0 ? () : nil } != nil
  }

  private func result(of action: Effect.Action) async -> EffectResult {
    do {
      return try await perform(action)
    } catch let error as ServiceError {
      return .failed(error)
    } catch let error as StoreError {
      return .failed(ServiceError(.storeFailed, error.message))
    } catch is CancellationError {
      return .failed(ServiceError(.cancelled, "Cancelled."))
    } catch {
      return .failed(ServiceError(.badAnswer, "Unexpected failure: \(error)"))
    }
  }

  private func perform(_ action: Effect.Action) async throws -> EffectResult {
    let chat = services.chat
    switch action {
    case .renewToken:
      return .session(try await services.signIn.renew())
    case .listThreads(let next):
      return .threads(try await chat.threads(next: next))
    case .listMessages(let id, let query):
      return .messages(try await messages(id, query))
    case .readMessage(let id, let message):
      return .messages(Page(values: [try await chat.message(message, in: id)]))
    case .listParticipants(let id):
      return .participants(try await chat.participants(of: id))
    case .createThread(let topic, let participants, let requestID):
      return .thread(
        try await chat.createThread(
          topic: topic, participants: participants, requestID: requestID))
    case .send(let id, let clientID, let text):
      return .sent(
        try await chat.send(text, clientID: clientID, senderDisplayName: displayName, to: id))
    case .findSent(let id, let clientID, let since):
      return try await chat.message(sentAs: clientID, in: id, since: since, clock: clock)
        .map { .sent($0) } ?? .done
    case .edit(let id, let message, _, let text):
      try await chat.edit(message, in: id, to: text)
    case .delete(let id, let message, _):
      try await chat.delete(message, in: id)
    case .readThread(let id):
      return .thread(try await chat.thread(id))
    case .updateTopic(let id, let topic):
      try await chat.updateTopic(of: id, to: topic)
    case .addParticipants(let id, let people):
      let refused = try await chat.add(people, to: id)
      guard refused.isEmpty else {
        throw ServiceError(.refused, refused.joined(separator: " "))
      }
    case .removeParticipant(let id, let person):
      try await chat.remove(person, from: id)
    case .listReceipts(let id):
      return .receipts(try await chat.readReceipts(of: id))
    case .sendTyping(let id):
      try await chat.sendTyping(in: id, senderDisplayName: displayName)
    case .openEvents:
      guard let events = services.events else {
        throw ServiceError(.unsupported, "No channel of events is configured.")
      }
      try await events.run { [mailbox] signal in mailbox.post(.chatSignalled(signal)) }
    case .sendReadReceipt(let id, let message):
      try await chat.sendReadReceipt(for: message, in: id)
    case .findPeople(let text):
      return .people(try await directory().people(matching: text))
    case .namePeople(let people, _):
      return .people(try await directory().people(people))
    case .openGateway:
      try await gateway().run { [mailbox] signal in mailbox.post(.signalled(signal)) }
    case .command(let command):
      try await gateway().send(command)
    case .save(let changes):
      try await history().save(changes)
    case .loadHistory(let limit):
      return .history(try await loadHistory(firstThreads: limit))
    case .openHistory(let user, let limit):
      guard try await history().open(for: user) else { return .done }
      return .history(try await loadHistory(firstThreads: limit))
    case .search(let text, let thread, let place):
      return .hits(
        try await history().search(
          text, in: thread, before: place, limit: StoredQuery.hitLimit))
    case .loadMessages(let id, let query):
      return .stored(try await history().messages(in: id, query))
    case .ring, .redraw, .suspend, .cancel, .quit:
      break
    }
    return .done
  }

  private func messages(_ id: ChatThreadID, _ query: MessageQuery) async throws
    -> Page<ChatMessage>
  {
    switch query {
    case .newest:
      try await services.chat.messages(in: id, startTime: nil, next: nil)
    case .since(let start):
      try await services.chat.messages(in: id, startTime: start, next: nil)
    case .older(let link), .more(let link, _):
      try await services.chat.messages(in: id, startTime: nil, next: link)
    }
  }

  private func history() throws -> any HistoryStore {
    guard let history = services.history else {
      throw StoreError(.unusable, "Nothing is kept: no history is configured.")
    }
    return history
  }

  private func loadHistory(firstThreads limit: Int?) async throws -> StoredHistory {
    guard let limit else { return try await history().load() }
    return try await history().load(firstThreads: limit)
  }

  private func directory() throws -> any Directory {
    guard let directory = services.directory else {
      throw ServiceError(
        .refused, "No directory is configured; paste an id that begins with 8:acs:")
    }
    return directory
  }

  private func gateway() throws -> any CallGateway {
    guard let gateway = services.gateway else {
      throw ServiceError(.refused, "No call gateway is configured.")
    }
    return gateway
  }
}
