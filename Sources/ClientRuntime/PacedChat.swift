public import ACSTypes
public import Services
import Synchronization

/// Chat for programs that ask by themselves: a request waits until the service's limits let it through, and a reading that
/// the service wants later is asked again then, as far as patience goes.
public final class PacedChat: ChatService {
  /// So often a reading is asked again.
  private static let tries = 8
  /// Waits of fewer seconds, rounded up, are not worth a word.
  private static let shortest: Int64 = 2

  private let chat: any ChatService
  private let clock: any WallClock
  private let timer: any Timer
  private let patience: Duration
  private let began: Timestamp?
  private let willWait: @Sendable (RequestWait) -> Void
  private let paces = Mutex(RequestPaces())

  /// Asks `chat`, as fast as its limits allow.
  ///
  /// - Parameters:
  ///   - chat: Is asked.
  ///   - clock: Tells the time.
  ///   - timer: Waits.
  ///   - patience: How long a request waits in all; more than the minute that the service's own limits may take, unless
  ///     somebody wants it otherwise.
  ///   - began: When patience began for all requests together; `nil` when each has as much.
  ///   - willWait: Is told of each wait before it begins, but of those that nobody would notice.
  public init(
    _ chat: any ChatService, clock: any WallClock, timer: any Timer,
    patience: Duration = .seconds(120), since began: Timestamp? = nil,
    willWait: @escaping @Sendable (RequestWait) -> Void = { _ in }
  ) {
    self.chat = chat
    self.clock = clock
    self.timer = timer
    self.patience = patience
    self.began = began
    self.willWait = willWait
  }

  /// Waits for the turn of a request that began at `start`.
  private func pass(_ kind: RequestPaces.Kind, since start: Timestamp? = nil) async throws {
    let start = began ?? start ?? clock.now
    while true {
      let now = clock.now
      let (free, isAsked) = paces.withLock {
        ($0.spend(kind, isWalk: true, at: now), $0.isClosed(kind, at: now))
      }
      guard let free else { return }
      let wait = RequestWait(kind: kind, duration: free - now, isAsked: isAsked)
      guard free - start <= patience else {
        throw wait.error(patience: patience, waited: now - start)
      }
      if wait.seconds >= PacedChat.shortest { willWait(wait) }
      try await timer.wait(wait.duration)
    }
  }

  /// What `read` reads of the service, in its turn and again while the service wants it later.
  public func reading<Result>(
    _ kind: RequestPaces.Kind, _ read: () async throws -> Result
  ) async throws -> Result {
    let start = clock.now
    var tries = 0
    while true {
      try await pass(kind, since: start)
      do {
        return try await read()
      } catch let error as ServiceError
        where error.code == .throttled && tries < PacedChat.tries
      {
        tries += 1
        paces.withLock { $0.note(error, of: kind, at: clock.now) }
      }
    }
  }

  /// A page of the list, in its turn.
  public func threads(next: String?) async throws -> Page<ChatThread> {
    try await reading(.threads) { try await chat.threads(next: next) }
  }

  /// A thread's properties, in their turn.
  public func thread(_ id: ChatThreadID) async throws -> ChatThread {
    try await reading(.threads) { try await chat.thread(id) }
  }

  /// A page of messages, in its turn.
  public func messages(
    in thread: ChatThreadID, startTime: Timestamp?, next: String?
  ) async throws -> Page<ChatMessage> {
    try await reading(.messages(thread)) {
      try await chat.messages(in: thread, startTime: startTime, next: next)
    }
  }

  /// One message, in its turn.
  public func message(_ id: ChatMessageID, in thread: ChatThreadID) async throws -> ChatMessage {
    try await reading(.messages(thread)) { try await chat.message(id, in: thread) }
  }

  /// Who is in a thread, in its turn.
  public func participants(of thread: ChatThreadID) async throws -> [ChatParticipant] {
    try await reading(.people(thread)) { try await chat.participants(of: thread) }
  }

  /// Up to where people have read, in its turn.
  public func readReceipts(of thread: ChatThreadID) async throws -> [ChatMessageReadReceipt] {
    try await reading(.receipts(thread)) { try await chat.readReceipts(of: thread) }
  }

  /// Makes a thread, in its turn.
  public func createThread(
    topic: String, participants: [ChatParticipant], requestID: String
  ) async throws -> ChatThread {
    try await pass(.creation)
    return try await chat.createThread(
      topic: topic, participants: participants, requestID: requestID)
  }

  /// Changes the topic, in its turn.
  public func updateTopic(of id: ChatThreadID, to topic: String) async throws {
    try await pass(.topic(id))
    try await chat.updateTopic(of: id, to: topic)
  }

  /// Sends, in its turn.
  public func send(
    _ text: String, clientID: String?, senderDisplayName: String, to thread: ChatThreadID
  ) async throws -> ChatMessageID {
    try await pass(.changes(thread))
    return try await chat.send(
      text, clientID: clientID, senderDisplayName: senderDisplayName, to: thread)
  }

  /// Edits, in its turn.
  public func edit(
    _ message: ChatMessageID, in thread: ChatThreadID, to text: String
  ) async throws {
    try await pass(.changes(thread))
    try await chat.edit(message, in: thread, to: text)
  }

  /// Deletes, in its turn.
  public func delete(_ message: ChatMessageID, in thread: ChatThreadID) async throws {
    try await pass(.changes(thread))
    try await chat.delete(message, in: thread)
  }

  /// Adds people, in its turn.
  public func add(
    _ participants: [ChatParticipant], to thread: ChatThreadID
  ) async throws -> [String] {
    try await pass(.membership(thread))
    return try await chat.add(participants, to: thread)
  }

  /// Removes somebody, in its turn.
  public func remove(
    _ participant: CommunicationIdentifier, from thread: ChatThreadID
  ) async throws {
    try await pass(.membership(thread))
    try await chat.remove(participant, from: thread)
  }

  /// Tells that the user types, in its turn.
  public func sendTyping(in thread: ChatThreadID, senderDisplayName: String) async throws {
    try await pass(.typing)
    try await chat.sendTyping(in: thread, senderDisplayName: senderDisplayName)
  }

  /// Tells what was read, in its turn.
  public func sendReadReceipt(
    for message: ChatMessageID, in thread: ChatThreadID
  ) async throws {
    try await pass(.readMarks(thread))
    try await chat.sendReadReceipt(for: message, in: thread)
  }
}
