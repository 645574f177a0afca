public import ACSTypes

/// The requests of Chat (WIRE 4), without their authorisation.
public struct ChatRequests: Hashable, Sendable {
  let builder: RequestBuilder

  /// Requests to the resource at `endpoint`.
  public init(endpoint: String, apiVersion: String = "2024-03-07") {
    builder = RequestBuilder(endpoint: endpoint, apiVersion: apiVersion)
  }

  /// The page to which a `nextLink` leads.
  ///
  /// - Throws: ``WireError`` with code `.badValue` when it leads to another server than the endpoint: the user's token
  ///   must not go there.
  public func next(_ link: String) throws(WireError) -> HTTPRequest {
    try builder.next(link)
  }

  func path(_ thread: ChatThreadID) -> String {
    "/chat/threads/\(thread.rawValue.percentEncoded)"
  }

  func path(_ message: ChatMessageID, in thread: ChatThreadID) -> String {
    "\(path(thread))/messages/\(message.rawValue.percentEncoded)"
  }
}
