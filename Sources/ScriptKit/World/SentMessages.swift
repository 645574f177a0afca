public import ACSTypes
import ACSWire
import Synchronization

/// What the emulator acknowledged of sending: its log as clients cannot see it, for a deleted message tells nothing of
/// what it was.
public final class SentMessages: Sendable {
  /// One acknowledged message.
  public struct Entry: Hashable, Sendable {
    /// Where it is.
    public var thread: ChatThreadID
    /// Its id.
    public var id: ChatMessageID
    /// The name that its client gave it; `nil` from other programs.
    public var clientID: String?
  }

  private let state = Mutex<[Entry]>([])

  init() {}

  /// All of them, in the order of their answers.
  public var entries: [Entry] { state.withLock { $0 } }

  /// Writes down a message if `request` sent one.
  func note(_ request: HTTPRequest, _ response: HTTPResponse) {
    let segments = request.path.split(separator: "/")
    guard request.method == "POST", response.status == 201, segments.count == 4,
      segments.last == "messages",
      let thread = segments[2].percentDecoded,
      let answer = try? SendChatMessageResult(bytes: response.body),
      let body = try? JSONValue.parse(request.body)
    else { return }
    let entry = Entry(
      thread: ChatThreadID(thread), id: ChatMessageID(answer.id),
      clientID: body["metadata"]?[ChatMessage.clientIDName]?.string)
    state.withLock { $0.append(entry) }
  }
}
