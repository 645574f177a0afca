public import ACSTypes

extension ChatRequests {
  /// Who is in a thread; answered with a page of ``ChatParticipantModel``.
  public func participants(
    of thread: ChatThreadID, maxPageSize: Int? = nil, skip: Int? = nil
  ) -> HTTPRequest {
    builder.request(
      "GET", "\(path(thread))/participants",
      query: ["maxPageSize": maxPageSize.map(String.init), "skip": skip.map(String.init)])
  }

  /// Adds people; answered with ``AddChatParticipantsResult``.
  public func addParticipants(
    _ participants: [ChatParticipant], to thread: ChatThreadID
  ) -> HTTPRequest {
    builder.request(
      "POST", "\(path(thread))/participants/:add",
      body: AddChatParticipantsRequest(participants: participants.map(ChatParticipantModel.init)))
  }

  /// Removes somebody, oneself included; answered with 204.
  public func removeParticipant(
    _ participant: CommunicationIdentifier, from thread: ChatThreadID
  ) -> HTTPRequest {
    builder.request(
      "POST", "\(path(thread))/participants/:remove", body: IdentifierModel(participant))
  }
}
