import ACSTypes
import ACSWire

extension Core {
  /// `GET /chat/threads/{t}` (WIRE 4.1).
  func thread(_ exchange: Exchange, for caller: ChatCaller, id: String) throws -> HTTPResponse {
    .json(try properties(of: openThread(id, of: caller).thread, exchange))
  }

  /// The thread as the service tells it; metadata and retention to who asks by a version that has them.
  func properties(of thread: ThreadRow, _ exchange: Exchange) -> ChatThreadProperties {
    let knowsMore = exchange.hasThreadMetadata
    return ChatThreadProperties(
      id: thread.id, topic: thread.topic, createdOn: WireTime(chat: thread.createdOn),
      createdBy: IdentifierModel(CommunicationIdentifier(rawID: thread.createdBy)),
      deletedOn: thread.deletedOn.map(WireTime.init(chat:)),
      metadata: knowsMore ? Metadata.object(thread.metadata) : nil,
      retentionPolicy: knowsMore ? thread.retentionDays.map(RetentionPolicyModel.init(days:)) : nil)
  }

  /// A thread that is there, with the place that the caller has in it.
  ///
  /// - Throws: ``Refusal``: 400 for what is no id, 404 for an unknown or deleted thread, 403 for one of others.
  func openThread(
    _ id: String, of caller: ChatCaller
  ) throws -> (thread: ThreadRow, participant: ParticipantRow) {
    let thread = try knownThread(id)
    guard thread.deletedOn == nil else {
      throw Refusal.threadNotFound("The thread was deleted on \(thread.deletedOn?.iso8601 ?? "").")
    }
    return (thread, try place(of: caller, in: thread))
  }

  /// A thread that is or was there.
  ///
  /// - Throws: ``Refusal`` with status 400 or 404.
  func knownThread(_ id: String) throws -> ThreadRow {
    if let thread = try store.thread(id) { return thread }
    guard id.hasPrefix("19:"), id.contains("@thread.") else {
      // Recorded without words (WIRE 4.6).
      throw Refusal(
        400, "BadRequest", nil,
        why: "\(id) is no thread id; those look like 19:…@thread.v2.")
    }
    throw Refusal.threadNotFound("There is no thread \(id).")
  }

  /// The caller's place among the participants.
  ///
  /// - Throws: ``Refusal`` with status 403 for who does not take part.
  func place(of caller: ChatCaller, in thread: ThreadRow) throws -> ParticipantRow {
    guard let participant = try store.participant(caller.identity.rawID, in: thread.id) else {
      throw Refusal.forbidden("\(caller.identity.rawID) does not take part in the thread.")
    }
    return participant
  }
}

extension Refusal {
  /// 404 of Chat for a thread, in the words recorded.
  static func threadNotFound(_ why: String) -> Refusal {
    Refusal(404, "NotFound", "The specified thread id was not found.", why: why)
  }
}
