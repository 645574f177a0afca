public import ACSTypes
import ACSWire

extension ChatClient {
  /// One page of a thread's messages, newest first.
  public func messages(
    in thread: ChatThreadID, startTime: Timestamp?, next: String?
  ) async throws -> Page<ChatMessage> {
    let first = requests.messages(
      in: thread, maxPageSize: ChatClient.messagesPageSize, startTime: startTime)
    return try await page(first, next: next, during: "reading the messages") {
      (model: ChatMessageModel) in ChatMessage(model)
    }
  }

  /// One message.
  ///
  /// - Throws: `ServiceError`, `.notFound` when it is not there.
  public func message(_ id: ChatMessageID, in thread: ChatThreadID) async throws -> ChatMessage {
    let model: ChatMessageModel = try await exchange.answer(
      to: requests.message(id, in: thread), during: "reading the message")
    return ChatMessage(model)
  }

  /// Sends plain text.
  public func send(
    _ text: String, clientID: String?, senderDisplayName: String, to thread: ChatThreadID
  ) async throws -> ChatMessageID {
    let message = SendChatMessageRequest(
      content: text, senderDisplayName: senderDisplayName, type: "text",
      metadata: clientID.map { [ChatMessage.clientIDName: .string($0)] })
    var request = requests.sendMessage(message, to: thread)
    request.isSentOnce = true
    let result: SendChatMessageResult = try await exchange.answer(
      to: request, during: "sending the message")
    return ChatMessageID(result.id)
  }

  /// Replaces the text of an own message.
  public func edit(
    _ message: ChatMessageID, in thread: ChatThreadID, to text: String
  ) async throws {
    _ = try await exchange.send(
      requests.updateMessage(message, in: thread, content: text), during: "editing the message")
  }

  /// Deletes an own message.
  public func delete(_ message: ChatMessageID, in thread: ChatThreadID) async throws {
    _ = try await exchange.send(
      requests.deleteMessage(message, in: thread), during: "deleting the message")
  }

  /// Tells the others that the user is typing.
  public func sendTyping(in thread: ChatThreadID, senderDisplayName: String) async throws {
    _ = try await exchange.send(
      requests.sendTyping(in: thread, senderDisplayName: senderDisplayName),
      during: "telling that you type")
  }

  /// Up to where people have read, all pages.
  public func readReceipts(of thread: ChatThreadID) async throws -> [ChatMessageReadReceipt] {
    let models: [ReadReceiptModel] = try await exchange.all(
      from: requests.readReceipts(in: thread), following: requests.next,
      pageLimit: ChatClient.participantPageLimit, during: "reading the receipts")
    return models.map(ChatMessageReadReceipt.init)
  }

  /// Tells the others that the user has read up to a message.
  public func sendReadReceipt(for message: ChatMessageID, in thread: ChatThreadID) async throws {
    _ = try await exchange.send(
      requests.sendReadReceipt(for: message, in: thread), during: "telling what you have read")
  }
}
