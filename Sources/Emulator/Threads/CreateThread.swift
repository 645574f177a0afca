import Services
import ACSTypes
import ACSWire
import ServiceAuth

extension Core {
  /// `POST /chat/threads` (WIRE 4.1, 4.4).
  ///
  /// The creator takes part without being listed. The same `repeatability-request-id` gets the same answer, whatever the
  /// body: Microsoft's suite repeats a request with another `shareHistoryTime`.
  func createThread(_ exchange: Exchange, by caller: ChatCaller) throws -> HTTPResponse {
    let body = try exchange.body(as: CreateChatThreadRequest.self)
    let creator = caller.identity.rawID
    let request = exchange.request.headers["repeatability-request-id"]
    if let request, let earlier = try store.answer(to: request, by: creator, now: exchange.now) {
      return created(earlier.thread, try CreateChatThreadResult(text: earlier.body), exchange)
    }
    try ParticipantLimits.check(body.participants ?? [])
    let knowsMore = exchange.hasThreadMetadata
    let metadata = try knowsMore ? Metadata.text(of: body.metadata, limit: Metadata.limit) : nil
    let retention = try knowsMore ? body.retentionPolicy?.days : nil
    let (people, invalid) = try knownParticipants(body.participants ?? [], exchange)
    let id = "19:\(ids.base64URL(characters: 42))1@thread.v2"
    try store.insertThread(id: id, topic: body.topic, createdBy: creator, now: exchange.now)
    if let metadata { try store.setMetadata(of: id, to: metadata) }
    if let retention { try store.setRetention(of: id, days: retention) }
    let listed = people.first { $0.identity == creator }
    let all =
      [listed ?? ParticipantRow(identity: creator)] + people.filter { $0.identity != creator }
    for person in all { try store.insertParticipant(person, in: id) }
    // Both are numbered before the first message of a user (WIRE 4.2).
    try insertSystemMessage(
      .participantAdded(all, by: creator), in: id, now: exchange.now)
    try insertSystemMessage(
      .topicUpdated(body.topic, by: creator), in: id, now: exchange.now)
    try note(.threadCreated(all), in: id, by: caller, now: exchange.now)
    guard let thread = try store.thread(id) else { throw StoreError(.damaged, "\(id) is gone.") }
    let result = CreateChatThreadResult(
      chatThread: properties(of: thread, exchange),
      invalidParticipants: invalid.isEmpty ? nil : invalid)
    if let request {
      try store.remember(
        result.json.text, to: request, by: creator, thread: id, now: exchange.now)
    }
    return created(id, result, exchange)
  }

  private func created(
    _ thread: String, _ result: CreateChatThreadResult, _ exchange: Exchange
  ) -> HTTPResponse {
    var response = HTTPResponse.json(result, status: 201)
    response.headers["Location"] = exchange.request.origin + threadPath(thread)
    return response
  }

  /// The path of a thread as the service writes it in `Location`: only the first colon is encoded (WIRE 4.4).
  func threadPath(_ id: String) -> String {
    let encoded = id.hasPrefix("19:") ? "19%3A\(id.dropFirst(3))" : id.percentEncoded
    return "/chat/threads/\(encoded)"
  }
}
