public import ACSTypes

extension ChatRequests {
  /// The user's threads; answered with a page of ``ChatThreadItem``.
  public func threads(maxPageSize: Int? = nil, startTime: Timestamp? = nil) -> HTTPRequest {
    builder.request(
      "GET", "/chat/threads",
      query: ["maxPageSize": maxPageSize.map(String.init), "startTime": startTime?.iso8601])
  }

  /// One thread; answered with ``ChatThreadProperties``.
  public func thread(_ id: ChatThreadID) -> HTTPRequest {
    builder.request("GET", path(id))
  }

  /// Creates a thread; answered with ``CreateChatThreadResult``, the same thread for the same `requestID` (WIRE 4.4).
  public func createThread(
    topic: String, participants: [ChatParticipant], requestID: String
  ) -> HTTPRequest {
    var request = builder.request(
      "POST", "/chat/threads",
      body: CreateChatThreadRequest(
        topic: topic, participants: participants.map(ChatParticipantModel.init)))
    request.headers["repeatability-request-id"] = requestID
    return request
  }

  /// Changes the topic; answered with 204.
  public func updateTopic(of id: ChatThreadID, to topic: String) -> HTTPRequest {
    builder.request("PATCH", path(id), body: UpdateChatThreadRequest(topic: topic))
  }

  /// Deletes a thread; answered with 204.
  public func deleteThread(_ id: ChatThreadID) -> HTTPRequest {
    builder.request("DELETE", path(id))
  }
}
