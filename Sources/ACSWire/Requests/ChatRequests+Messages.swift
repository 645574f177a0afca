public import ACSTypes

extension ChatRequests {
  /// A thread's messages, newest first; answered with a page of ``ChatMessageModel``.
  ///
  /// The service takes 1–200 a page.
  public func messages(
    in thread: ChatThreadID, maxPageSize: Int? = nil, startTime: Timestamp? = nil
  ) -> HTTPRequest {
    builder.request(
      "GET", "\(path(thread))/messages",
      query: ["maxPageSize": maxPageSize.map(String.init), "startTime": startTime?.iso8601])
  }

  /// One message; answered with ``ChatMessageModel``.
  public func message(_ id: ChatMessageID, in thread: ChatThreadID) -> HTTPRequest {
    builder.request("GET", path(id, in: thread))
  }

  /// Sends a message; answered with ``SendChatMessageResult``.
  public func sendMessage(
    _ message: SendChatMessageRequest, to thread: ChatThreadID
  ) -> HTTPRequest {
    builder.request("POST", "\(path(thread))/messages", body: message)
  }

  /// Replaces the text of an own message; answered with 204.
  public func updateMessage(
    _ id: ChatMessageID, in thread: ChatThreadID, content: String
  ) -> HTTPRequest {
    builder.request(
      "PATCH", path(id, in: thread), body: UpdateChatMessageRequest(content: content))
  }

  /// Deletes an own message; answered with 204.
  public func deleteMessage(_ id: ChatMessageID, in thread: ChatThreadID) -> HTTPRequest {
    builder.request("DELETE", path(id, in: thread))
  }

  /// Tells the others that the user is typing; answered with 200 and nothing.
  public func sendTyping(in thread: ChatThreadID, senderDisplayName: String?) -> HTTPRequest {
    builder.request(
      "POST", "\(path(thread))/typing",
      body: TypingNotificationRequest(senderDisplayName: senderDisplayName))
  }

  /// Who has read what; answered with a page of ``ReadReceiptModel``.
  public func readReceipts(
    in thread: ChatThreadID, maxPageSize: Int? = nil, skip: Int? = nil
  ) -> HTTPRequest {
    builder.request(
      "GET", "\(path(thread))/readReceipts",
      query: ["maxPageSize": maxPageSize.map(String.init), "skip": skip.map(String.init)])
  }

  /// Tells the others that the user has read up to a message; answered with 200 and nothing.
  public func sendReadReceipt(for id: ChatMessageID, in thread: ChatThreadID) -> HTTPRequest {
    builder.request(
      "POST", "\(path(thread))/readReceipts",
      body: SendReadReceiptRequest(chatMessageID: id.rawValue))
  }
}
