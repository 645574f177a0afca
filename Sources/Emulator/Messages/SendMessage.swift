import ACSTypes
import ACSWire
import HTMLTree

extension Core {
  /// `POST /chat/threads/{t}/messages` (WIRE 4.1).
  func sendMessage(
    _ exchange: Exchange, by caller: ChatCaller, to threadID: String
  ) throws -> HTTPResponse {
    let thread = try openThread(threadID, of: caller).thread
    let body = try exchange.body(as: SendChatMessageRequest.self)
    let type = body.type ?? "text"
    guard type == "text" || type == "html" else {
      throw Refusal(
        400, "BadRequest", "Value for Type (\(type)) is not valid.", target: "type",
        why: "type should be text or html.")
    }
    try MessageLimits.check(body.content)
    let row = MessageRow(
      id: 0, type: type, version: 0, content: try kept(body.content, type: type),
      sender: caller.identity.rawID,
      displayName: body.senderDisplayName,
      metadata: try Metadata.text(of: body.metadata, limit: MessageLimits.content))
    let kept = try store.insertMessage(row, in: thread.id, now: exchange.now)
    try store.touchThread(
      thread.id, messageOn: Timestamp(milliseconds: kept.id), now: exchange.now)
    try note(.messageReceived(kept), in: thread.id, by: caller, now: exchange.now)
    var response = HTTPResponse.json(SendChatMessageResult(id: String(kept.id)), status: 201)
    response.headers["Location"] =
      "\(exchange.request.origin)\(threadPath(thread.id))/messages/\(kept.id)"
    return response
  }

  /// What is kept of a message's content: all of a text, and of HTML what is harmless.
  ///
  /// - Throws: ``Refusal`` with status 501 for HTML where libxml2 is not installed.
  func kept(_ content: String, type: String) throws(Refusal) -> String {
    guard type == "html" else { return content }
    do throws(HTMLError) {
      return try SanitisedHTML.text(of: content)
    } catch {
      throw Refusal(
        501, "NotImplemented", "The emulator cannot read HTML here.", why: error.message)
    }
  }
}
