import Services
import ACSTypes
import ACSWire
import ServiceAuth

extension Core {
  /// `POST /chat/threads` (WIRE 4.1, 4.4).
  ///
  /// The creator takes part without being listed. The same `repeatability-request-id` gives the same thread.
  func createThread(_ exchange: Exchange, by caller: ChatCaller) throws -> HTTPResponse {
    let body = try exchange.body(as: CreateChatThreadRequest.self)
    let creator = caller.identity.rawID
    let request = exchange.request.headers["repeatability-request-id"]
    let hash = Digest.contentHash(exchange.request.body)
    if let request, let earlier = try store.repeated(request, by: creator) {
      guard earlier.body == hash else {
        throw Refusal(
          400, "BadRequest", "The repeatability-request-id was used with another body.")
      }
      if let thread = try store.thread(earlier.thread) {
        return created(thread, invalid: [], exchange)
      }
    }
    try ParticipantLimits.check(body.participants ?? [], present: 1)
    let (people, invalid) = try knownParticipants(body.participants ?? [], now: exchange.now)
    let id = "19:\(ids.base64URL(characters: 42))1@thread.v2"
    try store.insertThread(id: id, topic: body.topic, createdBy: creator, now: exchange.now)
    let listed = people.first { $0.identity == creator }
    let all =
      [listed ?? ParticipantRow(identity: creator)] + people.filter { $0.identity != creator }
    for person in all { try store.insertParticipant(person, in: id) }
    // Both are numbered before the first message of a user (WIRE 4.2).
    try insertSystemMessage(
      .participantAdded(all, by: creator), in: id, isAnnounced: false, now: exchange.now)
    try insertSystemMessage(
      .topicUpdated(body.topic, by: creator), in: id, isAnnounced: false, now: exchange.now)
    if let request {
      try store.remember(request, by: creator, body: hash, thread: id, now: exchange.now)
    }
    guard let thread = try store.thread(id) else { throw StoreError(.damaged, "\(id) is gone.") }
    return created(thread, invalid: invalid, exchange)
  }

  private func created(
    _ thread: ThreadRow, invalid: [ServiceErrorModel], _ exchange: Exchange
  ) -> HTTPResponse {
    let result = CreateChatThreadResult(
      chatThread: ChatThreadProperties(thread),
      invalidParticipants: invalid.isEmpty ? nil : invalid)
    var response = HTTPResponse.json(result, status: 201)
    response.headers["Location"] = exchange.request.origin + threadPath(thread.id)
    return response
  }

  /// The path of a thread as the service writes it in `Location`: only the first colon is encoded (WIRE 4.4).
  func threadPath(_ id: String) -> String {
    let encoded = id.hasPrefix("19:") ? "19%3A\(id.dropFirst(3))" : id.percentEncoded
    return "/chat/threads/\(encoded)"
  }
}

extension ChatThreadProperties {
  init(_ thread: ThreadRow) {
    self.init(
      id: thread.id, topic: thread.topic, createdOn: WireTime(chat: thread.createdOn),
      createdBy: IdentifierModel(CommunicationIdentifier(rawID: thread.createdBy)),
      deletedOn: thread.deletedOn.map(WireTime.init(chat:)))
  }
}
